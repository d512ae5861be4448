/**
 * The only door of the house: routes, authenticates, limits, and words what is refused. It has no rule of a domain and no
 * table; what it wants to know it asks a service.
 *
 * <p>Here it is put together: {@link lyceum.gateway.RouteGroups} names all routes, a group for each domain, in a package that
 * is called like the domain. What they are made of is {@link lyceum.gateway.route}, who may ask is
 * {@link lyceum.gateway.access}, and a route that clients may ask is an {@link lyceum.gateway.route.Operation}:
 * {@code AccessTable} says what it needs, {@code openapi.yaml} describes it, and a test keeps the three together. A group speaks
 * the dialect of its older contract ({@link lyceum.gateway.route.Dialect}); everything new speaks RFC 9457. Packages below,
 * such as {@link lyceum.gateway.form}, {@link lyceum.gateway.live} or {@link lyceum.gateway.rtmp}, are formats and protocols
 * that know no domain.
 *
 * <p>Why the router is plain and not generated from the OpenAPI document: the older contracts fix the order of checks and
 * the text of every error, which a validator would word in its own way, and bodies of 100 MB are read as they arrive.
 *
 * <p>Why everything is also found below {@code /api}: the production address of the first elicast client ends so, with a
 * proxy that stripped it; here no proxy is needed. {@code /api} itself is a route of the social contract, and what the two
 * contracts have below it does not clash.
 */
package lyceum.gateway;
