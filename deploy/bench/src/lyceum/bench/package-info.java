/**
 * Measures the running program from outside: each bench starts what it compares as processes of their own, on free ports
 * of 127.0.0.1 and with data in a temporary directory, and asks both in turn, so that whatever else the machine does
 * falls on both.
 *
 * <p>Why no JMH and no wrk: the figures are about whole processes, and a bare machine has neither. What is here needs the
 * JDK and the jars of the program.
 */
package lyceum.bench;
