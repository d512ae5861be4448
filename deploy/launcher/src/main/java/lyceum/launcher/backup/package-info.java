/**
 * Backup and restore of everything that must outlive the installation: PostgreSQL in one snapshot, the keys of Redis that
 * are no leases, and the files. Runs without the suite, on the thread of the command line, which it blocks freely.
 *
 * <p>The order of a backup is PostgreSQL, Redis, files. What is noted in PostgreSQL to be told in Redis may then be told
 * once more, which Redis notices; and a recording may be longer than Redis knows, which is what a crash leaves, too.
 *
 * <p>The order of a restore: every hash is checked before anything is touched; files are laid out beside those that are
 * there; a mark is set in PostgreSQL, at which no service starts ({@link lyceum.platform.Migrations}); PostgreSQL changes in
 * one transaction, files by renaming, Redis last; then the mark goes. A restore that was interrupted leaves the mark, and is
 * repeated. PostgreSQL's own {@code pg_dump} would be a program that neither our image nor our archive has.
 */
package lyceum.launcher.backup;
