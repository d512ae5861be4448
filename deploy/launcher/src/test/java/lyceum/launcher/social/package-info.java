/**
 * The running suite against what the old server of reactions really answered: the files of {@code /social} on the class
 * path, by clients that know frames and packets only, of both generations and over all transports.
 */
package lyceum.launcher.social;
