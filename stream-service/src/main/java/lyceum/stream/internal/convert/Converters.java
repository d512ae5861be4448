package lyceum.stream.internal.convert;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import lyceum.platform.Failure;

/**
 * The formats that entries can be read as, and those that can be made of them, by the names that clients give them in
 * {@code input} and {@code output}. Names are the same in upper and in lower case. Any thread may use it.
 */
public final class Converters {

    /** Streams that the app on a HoloLens fills, so that nobody needs to say what is in them. */
    private static final Set<String> HOLO_STREAMS = Set.of(
            "main",
            "gll",
            "glf",
            "grf",
            "grr",
            "gllCal",
            "glfCal",
            "grfCal",
            "grrCal",
            "depthlt",
            "depthltCal",
            "imuaccel",
            "imugyro",
            "imumag",
            "mic0",
            "hand",
            "eye");

    private static final String HOLO = "holo";

    private final ConversionLimits limits;
    private final HoloFrames frames;
    private final Map<String, InputFormat> inputs = new TreeMap<>();
    private final Map<String, OutputFormat> outputs = new TreeMap<>();

    /** @param limits of each conversion */
    public Converters(ConversionLimits limits) {
        PictureReader pictures = new PictureReader(limits);
        this.limits = limits;
        this.frames = new HoloFrames(pictures, limits);
        addInputs(pictures);
        addOutputs(new PictureWriter(limits));
    }

    private void addInputs(PictureReader pictures) {
        inputs.put(HOLO, entry -> frames.read(entry).content());
        Stream.of("jpg", "jpeg", "png", "compressedimage").forEach(name -> inputs.put(name, pictures::read));
        Stream.of("ndarray", "accel", "gyro", "mag").forEach(name -> inputs.put(name, new FloatInput()));
        inputs.put("json", new JsonInput(limits));
        inputs.put("same", RawBytes::new);
        inputs.put("null", entry -> new Nothing());
    }

    private void addOutputs(PictureWriter pictures) {
        Stream.of("jpg", "jpeg").forEach(name -> outputs.put(name, new JpegOutput(pictures)));
        outputs.put("png", new PngOutput(pictures));
        outputs.put("json", new JsonOutput(limits));
        outputs.put("ndarray", new FloatOutput(limits));
        Stream.of("nv12", "pv").forEach(name -> outputs.put(name, new Nv12Output()));
        Stream.of("image", "gll", "glf", "grf", "grr").forEach(name -> outputs.put(name, new GreyOutput()));
        outputs.put("same", new SameOutput());
        outputs.put("null", new NullOutput());
    }

    /** @return the names of what entries can be read as */
    public Set<String> inputs() {
        return Collections.unmodifiableSet(inputs.keySet());
    }

    /** @return the names of what entries can be converted to */
    public Set<String> outputs() {
        return Collections.unmodifiableSet(outputs.keySet());
    }

    /**
     * Finds the conversion of one stream, before there is an entry of it.
     *
     * @param stream whose name tells the input format where none is given
     * @param input name of what its entries are; empty where that is not said
     * @param output name of what they shall be; empty where they shall be what they are
     * @return the conversion; empty where there is none to do; or INVALID where a name is unknown, or is missing and
     *     cannot be guessed
     */
    public Optional<Conversion> conversion(String stream, String input, String output) {
        if (output.isEmpty()) {
            return Optional.empty();
        }
        InputFormat from = named("input", inputs, input.isEmpty() ? guessed(stream) : input);
        return Optional.of(new Conversion(from, named("output", outputs, output), limits));
    }

    private static String guessed(String stream) {
        if (HOLO_STREAMS.contains(stream)) {
            return HOLO;
        }
        throw Failure.invalid("the name of the stream does not tell its format: input is needed");
    }

    private static <T> T named(String parameter, Map<String, T> formats, String name) {
        T format = formats.get(name.toLowerCase(Locale.ROOT));
        if (format == null) {
            throw Failure.invalid(parameter + " is none of " + String.join(", ", formats.keySet()));
        }
        return format;
    }

    /**
     * Reads when a frame of a HoloLens was taken ({@code parse_meta}); its pictures are not decoded.
     *
     * @return ms since 1970, above 0; empty where the frame does not say; or INVALID where the entry is no such frame
     */
    public OptionalLong frameTimeMillis(Buffer entry) {
        OptionalLong time = frame(entry).timeMillis();
        return time.isPresent() && time.getAsLong() == 0 ? OptionalLong.empty() : time;
    }

    /**
     * Decodes a frame of a HoloLens whole.
     *
     * @return a JSON object of its time, where it has one, and its members: {@code image}, {@code cam2world} and so on;
     *     those of JSON frames as they are; or INVALID where the entry is no such frame or cannot be written
     */
    public Buffer frameAsJson(Buffer entry) {
        return Buffer.buffer(Json.write(frame(entry), limits.bytes()));
    }

    private HoloFrame frame(Buffer entry) {
        limits.requireSize(entry);
        return frames.read(ByteBuffer.wrap(entry.getBytes()));
    }
}
