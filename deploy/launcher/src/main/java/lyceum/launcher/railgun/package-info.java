/**
 * Reads the database of Railgun: a dump as {@code mysqldump}, {@code pg_dump} or {@code sqlite3 .dump} writes it, or the file of SQLite
 * itself. Nothing is executed: of a dump only the rows of tables are looked at, and what they mean is up to account-service
 * and grading-service.
 */
package lyceum.launcher.railgun;
