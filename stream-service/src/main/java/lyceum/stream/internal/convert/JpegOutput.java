package lyceum.stream.internal.convert;

/** {@code jpg}: pictures of 8 bits; JPEG knows no transparency, so all of it becomes opaque. */
final class JpegOutput implements OutputFormat {

    private final PictureWriter pictures;

    JpegOutput(PictureWriter pictures) {
        this.pictures = pictures;
    }

    @Override
    public String contentType() {
        return "image/jpeg";
    }

    @Override
    public byte[] write(Content content) {
        if (content instanceof Picture picture) {
            return pictures.write(picture.opaque(), PictureFormat.JPEG);
        }
        throw content.cannotBe("jpg");
    }
}
