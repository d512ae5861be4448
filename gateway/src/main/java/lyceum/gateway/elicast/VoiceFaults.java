package lyceum.gateway.elicast;

import lyceum.gateway.form.DataUris.Fault;
import lyceum.platform.Failure;

/** What clients are told about a list of recordings. */
final class VoiceFaults {

    private VoiceFaults() {}

    /** Fails with INVALID where there is a fault. */
    static void check(String field, Fault fault) {
        switch (fault) {
            case FORMAT -> throw format(field);
            case MEDIA_TYPE -> throw Failure.invalid(field + " -- only support audio/webm");
            default -> {
                // nothing to tell
            }
        }
    }

    static Failure format(String field) {
        return Failure.invalid(field + " -- Invliad json format");
    }
}
