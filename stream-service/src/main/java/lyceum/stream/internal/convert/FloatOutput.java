package lyceum.stream.internal.convert;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** {@code ndarray}: all numbers as float32, little-endian, without any shape. */
final class FloatOutput implements OutputFormat {

    private final ConversionLimits limits;

    FloatOutput(ConversionLimits limits) {
        this.limits = limits;
    }

    @Override
    public String contentType() {
        return BYTES;
    }

    @Override
    public byte[] write(Content content) {
        Numbers numbers = content.numbers();
        if (numbers.count() > limits.bytes() / Float.BYTES) {
            throw BoundedBytes.tooLarge(limits.bytes());
        }
        ByteBuffer bytes = ByteBuffer.allocate(numbers.count() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < numbers.count(); i++) {
            bytes.putFloat(numbers.source().at(i));
        }
        return bytes.array();
    }
}
