package lyceum.account.internal;

/**
 * What a hash costs whoever computes it (RFC 9106, section 3.1).
 *
 * @param memoryKib memory in KiB
 * @param iterations passes over it
 * @param lanes how many parts of it could be computed at once; here one thread does them all
 */
record HashCost(int memoryKib, int iterations, int lanes) {}
