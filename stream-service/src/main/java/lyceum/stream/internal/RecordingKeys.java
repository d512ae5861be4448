package lyceum.stream.internal;

/** Where Redis tells of recordings: the original's keys (contract, 3.4), and our own. */
final class RecordingKeys {

    /** Name of the recording that runs; absent where none does. */
    static final String RUNNING = "recording:id";

    /** Stream: the name at a start, nothing at a stop. */
    static final String EVENTS = "event:recording:id";

    /** Set: names of recordings that are not whole yet. */
    static final String UNFINISHED = "lyceum:recorder:unfinished";

    private static final String INFO = "recording:info:";
    private static final String STARTS = "lyceum:recorder:starts:";

    private RecordingKeys() {}

    /** @return text: what is known of a recording */
    static String info(String recording) {
        return INFO + recording;
    }

    /** @return hash: behind which entries of which streams a recording begins */
    static String starts(String recording) {
        return STARTS + recording;
    }
}
