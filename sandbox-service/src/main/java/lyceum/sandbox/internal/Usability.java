package lyceum.sandbox.internal;

/**
 * What was found out about a language on this machine.
 *
 * @param version as its tools tell it, empty where it is not usable
 * @param reason why it is not usable, a clause for clients; empty where it is
 * @param lasts whether it will be the same in a minute
 */
record Usability(String version, String reason, boolean lasts) {

    static Usability usable(String version) {
        return new Usability(version, "", true);
    }

    /** Its tools are not there. */
    static Usability never(String reason) {
        return new Usability("", reason, true);
    }

    /** It did not work this time. */
    static Usability notNow(String reason) {
        return new Usability("", reason, false);
    }

    boolean isUsable() {
        return reason.isEmpty();
    }
}
