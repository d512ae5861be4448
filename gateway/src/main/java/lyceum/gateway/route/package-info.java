/**
 * What all routes are made of, whatever their domain: an {@link lyceum.gateway.route.Operation} that clients may ask, bodies
 * that are read within a bound, and a {@link lyceum.gateway.route.Refusal} with its
 * {@link lyceum.gateway.route.Finding findings}, which the {@link lyceum.gateway.route.Dialect} of the group puts into the words
 * of its contract.
 */
package lyceum.gateway.route;
