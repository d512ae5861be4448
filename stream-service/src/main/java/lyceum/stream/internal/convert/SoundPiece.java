package lyceum.stream.internal.convert;

/**
 * A piece of sound that was recorded.
 *
 * @param position of its first sample, counted from where the app began to listen
 * @param samples -1 to 1, those of all channels together; not copied
 */
public record SoundPiece(int sampleRateHertz, int channels, long position, float[] samples) {

    /** @return samples of one channel */
    public int length() {
        return samples.length / channels;
    }
}
