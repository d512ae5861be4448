package lyceum.media.internal;

import io.vertx.core.Future;

/** Writes down what is said in a sound. */
interface Transcriber {

    /** A transcript is at most so long; hours of speech have less than one of these. */
    long MOST_BYTES = 16L << 20;

    /**
     * @param place whose job has the file
     * @param wav name of a file: one channel, 16 kHz, 16 bits
     * @param language as BCP 47 has it, empty where it is to be found out
     * @param result name of the file that gets what it gave
     */
    Future<Void> write(Workplace place, String wav, String language, String result);
}
