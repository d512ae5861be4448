package lyceum.stream.internal;

import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/**
 * How much may be kept.
 *
 * @param count most documents of one kind
 * @param bytes of one document
 */
record DocumentLimits(int count, int bytes) {

    /** Fails with INVALID where a document is too long. */
    void checkBytes(int length) {
        if (length > bytes) {
            throw Failure.invalid("a document has at most %d bytes".formatted(bytes));
        }
    }

    /** Fails with CONFLICT where there are too many. */
    void checkCount(long present) {
        if (present > count) {
            throw new Failure(Kind.CONFLICT, "there are %d documents, which is the most; remove some".formatted(count));
        }
    }
}
