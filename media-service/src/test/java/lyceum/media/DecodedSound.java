package lyceum.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lyceum.platform.TestDirectory;

/** What a file sounds like: PCM s16le, mono, 48 kHz, as ffmpeg decodes it. */
final class DecodedSound {

    private static final int SAMPLES_PER_SECOND = 48_000;
    private static final int WINDOW_SAMPLES = SAMPLES_PER_SECOND / 5;
    /** Periods of a pure tone or of a slow sweep differ by less, those of noise and of beeps with pauses by more. */
    private static final double LARGEST_VARIATION = 0.25;

    private final short[] samples;

    private DecodedSound(short[] samples) {
        this.samples = samples;
    }

    static DecodedSound of(byte[] file) {
        try {
            Path directory = Files.createTempDirectory("lyceum-decode");
            try {
                return new DecodedSound(decode(file, directory));
            } finally {
                TestDirectory.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static short[] decode(byte[] file, Path directory) throws IOException, InterruptedException {
        Path in = Files.write(directory.resolve("in"), file);
        Path out = directory.resolve("out");
        Path log = directory.resolve("log");
        List<String> command = new ArrayList<>(List.of(TestFfmpeg.any(), "-nostdin", "-loglevel", "error"));
        command.addAll(List.of("-i", in.toString(), "-f", "s16le", "-ac", "1"));
        command.addAll(List.of("-ar", Integer.toString(SAMPLES_PER_SECOND), out.toString()));
        Process ffmpeg = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (ffmpeg.waitFor() != 0) {
            throw new IllegalArgumentException("cannot be decoded: " + Files.readString(log));
        }
        ShortBuffer pcm = ByteBuffer.wrap(Files.readAllBytes(out))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer();
        short[] samples = new short[pcm.remaining()];
        pcm.get(samples);
        return samples;
    }

    double seconds() {
        return (double) samples.length / SAMPLES_PER_SECOND;
    }

    /** @return pitch of the first 0.2 s, or null where there is no steady tone */
    Double startHertz() {
        return hertz(0, Math.min(WINDOW_SAMPLES, samples.length));
    }

    /** @return pitch of the last 0.2 s, or null where there is no steady tone */
    Double endHertz() {
        return hertz(Math.max(0, samples.length - WINDOW_SAMPLES), samples.length);
    }

    private Double hertz(int from, int to) {
        List<Integer> rises = new ArrayList<>();
        for (int i = from + 1; i < to; i++) {
            if (samples[i - 1] < 0 && samples[i] >= 0) {
                rises.add(i);
            }
        }
        if (rises.size() < 3) {
            return null;
        }
        int periods = rises.size() - 1;
        double mean = (double) (rises.get(periods) - rises.get(0)) / periods;
        return variation(rises, mean) > LARGEST_VARIATION ? null : SAMPLES_PER_SECOND / mean;
    }

    private static double variation(List<Integer> rises, double mean) {
        double[] squares = new double[rises.size() - 1];
        Arrays.setAll(squares, i -> Math.pow(rises.get(i + 1) - rises.get(i) - mean, 2));
        return Math.sqrt(Arrays.stream(squares).average().orElseThrow()) / mean;
    }
}
