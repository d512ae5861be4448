package lyceum.gateway.rate;

/**
 * Whether something may be done now.
 *
 * @param retryAfterMillis when the next permit comes; 0 where it may
 */
public record Verdict(long retryAfterMillis) {

    static final Verdict ADMITTED = new Verdict(0);

    static Verdict refused(long retryAfterMillis) {
        return new Verdict(Math.max(1, retryAfterMillis));
    }

    /** @return whether it may */
    public boolean isAdmitted() {
        return retryAfterMillis == 0;
    }
}
