package lyceum.stream.internal.convert;

/** {@code image}, {@code gll} …: the pixels of a grey picture and nothing else, 8 bits each, row by row. */
final class GreyOutput implements OutputFormat {

    @Override
    public String contentType() {
        return BYTES;
    }

    @Override
    public byte[] write(Content content) {
        if (content instanceof Picture picture && picture.grey()) {
            return picture.samples();
        }
        throw content.cannotBe("image");
    }
}
