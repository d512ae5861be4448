package lyceum.grading.internal;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Opening envelopes of runners, against AES alone as the JDK has it. Here because what is measured is nobody else's. */
public final class EnvelopeBench {

    private static final int[] SIZES = {1 << 10, 64 << 10, 4 << 20};
    private static final long ROUND_NANOS = 400_000_000L;
    private static final int ROUNDS = 7;
    private static final byte[] KEY = "0123456789abcdefghijklmnopqrstuv".getBytes();

    private EnvelopeBench() {}

    /** Prints the medians of interleaved rounds. */
    public static void main(String[] words) {
        LegacyEnvelope envelope = new LegacyEnvelope(EnvelopeKey.parse(KEY, "bench", false));
        System.out.printf("Envelopes, one thread: medians of %d interleaved rounds%n%n", ROUNDS);
        System.out.println("| plaintext | opened MB/s | AES/CBC of the JCA MB/s | ratio |");
        System.out.println("| --- | --- | --- | --- |");
        for (int size : SIZES) {
            byte[] body = envelope.seal(new byte[size]);
            double[] own = new double[ROUNDS];
            double[] bare = new double[ROUNDS];
            for (int round = -1; round < ROUNDS; round++) {
                double opened = speed(size, () -> envelope.open(body).map(plain -> plain.length));
                double decrypted = speed(size, () -> Optional.of(decrypt(body)));
                if (round >= 0) {
                    own[round] = opened;
                    bare[round] = decrypted;
                }
            }
            Arrays.sort(own);
            Arrays.sort(bare);
            double ratio = own[ROUNDS / 2] / bare[ROUNDS / 2];
            System.out.printf(
                    Locale.ROOT, "| %d | %.0f | %.0f | %.2f |%n", size, own[ROUNDS / 2], bare[ROUNDS / 2], ratio);
        }
    }

    private interface Opening {
        Optional<Integer> open();
    }

    private static double speed(int size, Opening opening) {
        long begin = System.nanoTime();
        long bytes = 0;
        while (System.nanoTime() - begin < ROUND_NANOS) {
            bytes += opening.open().filter(length -> length >= size).orElseThrow() > 0 ? size : 0;
        }
        return bytes / 1e6 / ((System.nanoTime() - begin) / 1e9);
    }

    private static int decrypt(byte[] body) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(KEY, "AES"), new IvParameterSpec(body, 0, 16));
            return cipher.doFinal(body, 16, body.length - 16).length;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
