package lyceum.stream.internal.convert;

/** {@code png}: pictures of 8 bits, and depth as grey of 16 bits. */
final class PngOutput implements OutputFormat {

    private final PictureWriter pictures;

    PngOutput(PictureWriter pictures) {
        this.pictures = pictures;
    }

    @Override
    public String contentType() {
        return "image/png";
    }

    @Override
    public byte[] write(Content content) {
        if (content instanceof Picture picture) {
            return pictures.write(picture, PictureFormat.PNG);
        }
        if (content instanceof Depth depth) {
            return pictures.write(depth, PictureFormat.PNG);
        }
        throw content.cannotBe("png");
    }
}
