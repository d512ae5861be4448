package lyceum.gateway.access;

/** Whether the routes of an older contract, which knew no tokens, ask for one. */
public enum Admission {
    /** As the older contract: everybody may do everything but what is an operator's. */
    OPEN,
    /** A valid token is needed, whatever its roles. */
    REQUIRED;

    Need need() {
        return this == REQUIRED ? Need.TOKEN : Need.NOTHING;
    }
}
