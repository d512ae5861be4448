package lyceum.gateway.connection;

/** Why the rest of a body is not waited for. */
public enum BodyFault {
    /** It does not come. */
    LATE,
    /** It is not framed as HTTP/1.1 has it (RFC 9112, section 7.1): where it ends cannot be told. */
    MALFORMED
}
