/**
 * How often clients may ask: a token bucket for each caller and for each address, in Redis for all gateways together, leased a
 * few permits at a time.
 *
 * <p>Why permits are leased and not asked for one by one: a round trip to Redis for each request would make it a part of every
 * answer, and its outage one of every client. What is given up is exactness: a caller may have one lease more at each gateway.
 */
package lyceum.gateway.rate;
