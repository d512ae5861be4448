package lyceum.gateway.rate;

/**
 * Permits that a gateway has taken out of a bucket that all gateways share.
 *
 * @param permits none where the bucket is empty
 * @param retryAfterMillis when there is another one, where it is
 */
record Lease(int permits, long retryAfterMillis) {}
