package lyceum.stream.internal.convert;

import lyceum.platform.Failure;

/** What an entry holds: that which stands between an input and an output format. */
sealed interface Content extends Member permits Picture, Depth, Floats, JsonText, RawBytes, Nothing {

    /** @return what it is, in the words of a failure: {@code a depth picture} */
    String noun();

    /** @return its numbers, row by row; or INVALID where it has none */
    default Numbers numbers() {
        throw cannotBe("ndarray");
    }

    default Failure cannotBe(String format) {
        return Failure.invalid(noun() + " cannot be converted to " + format);
    }
}
