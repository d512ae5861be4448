/**
 * Malformed requests, frames and packets, derived from the OpenAPI and AsyncAPI documents that a gateway serves, and what may
 * come of them: no 5xx that the document does not name, no listener closed. Seeded: a number is one case, whoever runs it.
 * {@code deploy/bench/run fuzz} compiles this package too, so it needs nothing that is for tests only, except what is called
 * {@code …IT}.
 */
package lyceum.launcher.fuzz;
