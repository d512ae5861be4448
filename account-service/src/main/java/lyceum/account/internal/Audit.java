package lyceum.account.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down who did what to whom, one line each, in a log of its own name. */
final class Audit {

    /** The launcher's logback.xml keeps its level at INFO. */
    private static final Logger LOG = LoggerFactory.getLogger("lyceum.audit");

    private Audit() {}

    /**
     * @param by who did it; a name that a token from elsewhere told may hold anything
     * @param act what was done, a past participle and what more is to be said
     * @param account whose account it is
     */
    static void note(String by, String act, String account) {
        LOG.info("account=\"{}\" by=\"{}\" {}", account, by.replaceAll("[\\p{Cntrl}\\p{Cf}\"]", "?"), act);
    }
}
