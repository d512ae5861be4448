package lyceum.stream.internal.convert;

/** {@code same}: bytes that were not interpreted. */
final class SameOutput implements OutputFormat {

    @Override
    public String contentType() {
        return BYTES;
    }

    @Override
    public byte[] write(Content content) {
        if (content instanceof RawBytes raw) {
            return FrameBytes.copied(raw.bytes());
        }
        if (content instanceof Nothing) {
            return new byte[0];
        }
        throw content.cannotBe("same");
    }
}
