/**
 * What every service stands on, and nothing of what a service is about.
 *
 * <ul>
 *   <li>{@link lyceum.platform.Bus}: a contract is a Java interface of one-record methods; it is served and asked over the
 *       Vert.x event bus. Records travel as themselves in one JVM and as JSON (bytes beside it, raw) between two.
 *   <li>{@link lyceum.platform.Topic}: facts that are published to whoever listens.
 *   <li>{@link lyceum.platform.Failure}: an expected failure, carried as it is.
 *   <li>{@link lyceum.platform.Loop}: many asynchronous steps, one after the other.
 *   <li>{@link lyceum.platform.Settings}: typed reading of the environment, and the reference of all that was read.
 *   <li>{@link lyceum.platform.Database} and {@link lyceum.platform.Migrations}: a pool and the tables in it.
 *   <li>{@link lyceum.platform.Readiness}: what a process must have before it is asked for work.
 * </ul>
 *
 * <p>Why not {@code @ProxyGen}: it refuses records, generates code and knows no events. Why not Flyway: its JDBC driver
 * blocks and costs 0.8 s of a start that otherwise takes one; what remains without it is one class.
 */
package lyceum.platform;
