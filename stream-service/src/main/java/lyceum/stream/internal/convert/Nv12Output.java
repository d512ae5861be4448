package lyceum.stream.internal.convert;

/**
 * {@code nv12}, {@code pv}: colour pictures as a colour camera has them.
 *
 * <p>The original exchanges red and blue here and mixes up the colours of pictures whose height is no multiple of 4. No
 * client relies on that; this is what its own reading of NV12 turns back into the same picture.
 */
final class Nv12Output implements OutputFormat {

    private static final int RGB = 3;

    @Override
    public String contentType() {
        return BYTES;
    }

    @Override
    public byte[] write(Content content) {
        if (content instanceof Picture picture && picture.opaque().channels() == RGB) {
            return Nv12.write(picture.opaque());
        }
        throw content.cannotBe("nv12");
    }
}
