/**
 * The program {@code lyceum}: one JVM with all services, or some of them as members of a cluster. Services, in the
 * order of their start, are the lines of {@link lyceum.launcher.Services}; {@link lyceum.launcher.Suite} is the running
 * program, which tests start too; {@link lyceum.launcher.Main} is its command line.
 *
 * <p>Why everything is read before anything is started: a wrong setting ends the program at once and by name, not after
 * the seconds that a database needs. Why an unknown {@code LYCEUM_*} variable ends it too: a misspelt limit that is
 * silently ignored is found out by the first attack.
 */
package lyceum.launcher;
