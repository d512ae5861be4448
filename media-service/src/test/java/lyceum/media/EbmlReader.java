package lyceum.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the few elements of a WebM file that tests ask about (RFC 8794, RFC 9559). It walks into containers whatever
 * size they claim, since recorders leave the sizes open.
 */
final class EbmlReader {

    private static final int EBML = 0x1A45DFA3;
    private static final int TRACK_ENTRY = 0xAE;
    private static final int BLOCK_GROUP = 0xA0;
    private static final Set<Integer> CONTAINERS = Set.of(
            EBML,
            0x18538067 /* Segment */,
            0x1549A966 /* Info */,
            0x1654AE6B /* Tracks */,
            TRACK_ENTRY,
            0xE1 /* Audio */,
            0x1F43B675 /* Cluster */,
            BLOCK_GROUP);
    private static final double NANOS_PER_SECOND = 1e9;

    private final ByteBuffer file;
    private final List<Double> packetSeconds = new ArrayList<>();
    private double tickNanos = 1_000_000;
    private double codecDelayNanos;
    private long clusterTicks;
    private Double durationTicks;
    private String codec;
    private Integer sampleRateHertz;
    private Integer channels;
    private int tracks;

    private EbmlReader(byte[] file) {
        this.file = ByteBuffer.wrap(file);
    }

    static EbmlReader read(byte[] file) {
        EbmlReader reader = new EbmlReader(file);
        if (file.length < Integer.BYTES || reader.file.getInt(0) != EBML) {
            throw new IllegalArgumentException("no EBML header in " + file.length + " bytes");
        }
        while (reader.file.hasRemaining()) {
            reader.element();
        }
        return reader;
    }

    List<Double> packetSeconds() {
        return packetSeconds;
    }

    /** @return what the header says, or null */
    Double durationSeconds() {
        return durationTicks == null ? null : durationTicks * tickNanos / NANOS_PER_SECOND;
    }

    String codec() {
        return codec;
    }

    Integer sampleRateHertz() {
        return sampleRateHertz;
    }

    Integer channels() {
        return channels;
    }

    int tracks() {
        return tracks;
    }

    private void element() {
        int id = (int) variableInteger(false);
        long size = variableInteger(true);
        if (id == TRACK_ENTRY) {
            tracks++;
        }
        if (!CONTAINERS.contains(id)) {
            content(id, file.slice(file.position(), (int) size));
            file.position(file.position() + (int) size);
        }
    }

    private void content(int id, ByteBuffer bytes) {
        switch (id) {
            case 0x2AD7B1 /* TimestampScale */ -> tickNanos = unsigned(bytes);
            case 0x4489 /* Duration */ -> durationTicks = real(bytes);
            case 0x86 /* CodecID */ ->
                codec = StandardCharsets.US_ASCII.decode(bytes).toString();
            case 0x56AA /* CodecDelay */ -> codecDelayNanos = unsigned(bytes);
            case 0xB5 /* SamplingFrequency */ -> sampleRateHertz = (int) real(bytes);
            case 0x9F /* Channels */ -> channels = (int) unsigned(bytes);
            case 0xE7 /* Timestamp */ -> clusterTicks = unsigned(bytes);
            case 0xA1 /* Block */, 0xA3 /* SimpleBlock */ -> packet(bytes);
            default -> {}
        }
    }

    /** A block is the track's number in one byte, the time since the cluster's, flags, and the packet. */
    private void packet(ByteBuffer block) {
        double nanos = (clusterTicks + block.getShort(1)) * tickNanos - codecDelayNanos;
        packetSeconds.add(nanos / NANOS_PER_SECOND);
    }

    /** The number of leading zero bits of the first byte tells how many bytes follow; sizes are without that mark. */
    private long variableInteger(boolean withoutMark) {
        int first = file.get() & 0xFF;
        int following = Integer.numberOfLeadingZeros(first) - (Integer.SIZE - Byte.SIZE);
        long value = withoutMark ? first & (0x7F >> following) : first;
        for (int i = 0; i < following; i++) {
            value = value << Byte.SIZE | file.get() & 0xFF;
        }
        return value;
    }

    private static long unsigned(ByteBuffer bytes) {
        long value = 0;
        while (bytes.hasRemaining()) {
            value = value << Byte.SIZE | bytes.get() & 0xFF;
        }
        return value;
    }

    private static double real(ByteBuffer bytes) {
        return bytes.remaining() == Float.BYTES ? bytes.getFloat() : bytes.getDouble();
    }
}
