/** A consumer of the event bus, as somebody would write it who builds on Lyceum. */
package lyceum.sample;
