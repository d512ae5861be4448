package lyceum.media.internal;

/** What stands between ffmpeg and the machine. The first that the kernel allows is taken. */
enum Walls {
    /** {@link Room}: of all files only those of its job and, read-only, its own program and libraries; no network, no others. */
    ROOM("in a room of its own"),
    /** No network and no power of root; the files of its user are in reach. */
    NO_NETWORK("with the files of its user in reach"),
    /** Only limits. */
    NONE("with files and network in reach");

    private final String text;

    Walls(String text) {
        this.text = text;
    }

    /** @return what is told of it */
    String text() {
        return text;
    }
}
