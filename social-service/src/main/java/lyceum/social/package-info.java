/**
 * A class that reacts together: clicks, events, presence, statistics.
 *
 * <p>All that a class is stands in PostgreSQL, and a batch of acts is one transaction which locks the row of the class: it
 * counts, stores, and writes down the turn that everybody will be shown. So counters cannot disagree with the rows they
 * count, any instance may do the next batch, and a turn whose publication was lost with its process is read from the table
 * afterwards. What is durable costs one commit for a batch, and a batch is what came in during the last one.
 *
 * <p>Why no running numbers in Redis, as the sketch of the house has them: then two stores would have to agree after each
 * crash of either, for numbers that nobody needs to ask for, because each turn carries them. PostgreSQL alone took 408
 * clicks/s of one member that waits for each (1.6 ms in the middle), 16,050/s of one that waits for each fifty, and 62,200/s
 * in batches of 500, on two cores that did other work (2026-11-28).
 */
package lyceum.social;
