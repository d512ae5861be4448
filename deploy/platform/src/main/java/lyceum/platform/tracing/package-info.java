/**
 * Traces for OpenTelemetry: Vert.x tells of requests, questions over the bus, to PostgreSQL, Redis and other servers, services
 * tell of their programs by {@link lyceum.platform.Trace}, and all of it goes to a collector, over OTLP, where one is named.
 *
 * <p>Nothing outside of this package knows OpenTelemetry, and nothing here is loaded where traces are off. Attributes are those
 * of a short list: no path, no query, no key, no parameter, for any of them may hold a token or somebody's name.
 */
package lyceum.platform.tracing;
