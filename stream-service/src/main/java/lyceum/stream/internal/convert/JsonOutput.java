package lyceum.stream.internal.convert;

/** {@code json}: lists of numbers, or the JSON that was read, without white space. */
final class JsonOutput implements OutputFormat {

    private final ConversionLimits limits;

    JsonOutput(ConversionLimits limits) {
        this.limits = limits;
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public byte[] write(Content content) {
        return Json.write(content, limits.bytes());
    }
}
