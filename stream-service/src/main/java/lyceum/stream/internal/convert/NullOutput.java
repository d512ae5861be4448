package lyceum.stream.internal.convert;

/** {@code null}: nothing, of whatever could be read. */
final class NullOutput implements OutputFormat {

    @Override
    public String contentType() {
        return BYTES;
    }

    @Override
    public byte[] write(Content content) {
        return new byte[0];
    }
}
