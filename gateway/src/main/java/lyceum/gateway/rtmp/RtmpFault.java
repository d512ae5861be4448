package lyceum.gateway.rtmp;

/** What a peer sends is not RTMP, or more of it than is taken; the connection ends. */
final class RtmpFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RtmpFault(String text) {
        super(text, null, false, false);
    }
}
