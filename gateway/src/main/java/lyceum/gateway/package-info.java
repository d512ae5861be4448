/**
 * The only door of the house: routes, authenticates, limits, and words what is refused. It has no rule of a domain and no
 * table; what it wants to know it asks a service.
 *
 * <p>Each domain is one group of {@link lyceum.gateway.Routes}, in the dialect of its older contract
 * ({@link lyceum.gateway.Dialect}); everything new speaks RFC 9457. A route that clients may ask is an
 * {@link lyceum.gateway.Operation}: {@link lyceum.gateway.AccessTable} says what it needs, {@code openapi.yaml} describes it,
 * and a test keeps the three together.
 *
 * <p>Why the router is plain and not generated from the OpenAPI document: the older contracts fix the order of checks and
 * the text of every error, which a validator would word in its own way, and bodies of 100 MB are read as they arrive.
 *
 * <p>Why an interactive run is pulled, the next event when the network has taken the last one, and its client is paused
 * until the program has taken what it said: so a session costs the same few hundred KiB however fast either side is, and
 * a reader who does not read stops the program, as at a terminal.
 *
 * <p>Why everything is also found below {@code /api}: the production address of the first elicast client ends so, with a
 * proxy that stripped it; here no proxy is needed. {@code /api} itself is a route of the social contract, and what the two
 * contracts have below it does not clash.
 */
package lyceum.gateway;
