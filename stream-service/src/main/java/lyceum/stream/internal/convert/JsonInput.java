package lyceum.stream.internal.convert;

import java.nio.ByteBuffer;

/** {@code json}: one value, in UTF-8. */
final class JsonInput implements InputFormat {

    private final ConversionLimits limits;

    JsonInput(ConversionLimits limits) {
        this.limits = limits;
    }

    @Override
    public Content read(ByteBuffer entry) {
        return JsonText.read(FrameBytes.copied(entry), limits);
    }
}
