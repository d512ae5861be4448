package lyceum.elicast.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.Piece;
import lyceum.platform.Failure;

/**
 * OTs and recordings of a lesson, as the original server keeps them (two texts of JSON), cut into the pieces of this one:
 * OTs as they stand, sound decoded where it is base64 of the one form that this server writes, and otherwise as it stands.
 *
 * @param voices number of recordings
 */
record OldContent(List<Piece> pieces, int voices) {

    private static final String PREFIX = "data:audio/webm;base64,";
    /** A body of a request had at most 100 MiB, and a text in it was no longer. */
    private static final int LONGEST_TEXT = 128 * 1024 * 1024;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_TEXT)
                    .build())
            .build();

    /** @throws Failure INVALID where one of the two is not what it must be */
    static OldContent of(String ots, String voiceBlobs) {
        List<Piece> pieces = new ArrayList<>();
        requireList("ots", ots);
        cut(0, true, ots.getBytes(StandardCharsets.UTF_8), pieces);
        int voices = 0;
        try (JsonParser json = JSON.createParser(voiceBlobs == null ? "" : voiceBlobs)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw Failure.invalid("voice_blobs is no JSON list");
            }
            while (json.nextToken() == JsonToken.VALUE_STRING) {
                voices++;
                addVoice(voices, json.getText(), pieces);
            }
            if (json.currentToken() != JsonToken.END_ARRAY || json.nextToken() != null) {
                throw Failure.invalid("voice_blobs is no JSON list of texts");
            }
        } catch (IOException e) {
            throw Failure.invalid("voice_blobs is no JSON");
        }
        return new OldContent(pieces, voices);
    }

    private static void requireList(String field, String text) {
        try (JsonParser json = JSON.createParser(text == null ? "" : text)) {
            boolean isList = json.nextToken() == JsonToken.START_ARRAY;
            json.skipChildren();
            if (!isList || json.nextToken() != null) {
                throw Failure.invalid(field + " is no JSON list");
            }
        } catch (IOException e) {
            throw Failure.invalid(field + " is no JSON");
        }
    }

    private static void addVoice(int part, String uri, List<Piece> pieces) {
        if (!uri.startsWith(PREFIX)) {
            throw Failure.invalid("voice_blobs: recording %d is no data URI of audio/webm".formatted(part - 1));
        }
        String data = uri.substring(PREFIX.length());
        byte[] sound = decoded(data);
        if (sound != null) {
            cut(part, false, sound, pieces);
        } else {
            String source = new String(JsonStringEncoder.getInstance().quoteAsString(data));
            cut(part, true, source.getBytes(StandardCharsets.UTF_8), pieces);
        }
    }

    /** @return the bytes, or null where it is no base64 or there is another way to write them */
    private static byte[] decoded(String data) {
        try {
            byte[] sound = Base64.getDecoder().decode(data);
            return Base64.getEncoder().encodeToString(sound).equals(data) ? sound : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void cut(int part, boolean isText, byte[] bytes, List<Piece> pieces) {
        int position = 0;
        for (int from = 0; from < bytes.length; from += ElicastService.PIECE_BYTES) {
            int length = Math.min(ElicastService.PIECE_BYTES, bytes.length - from);
            pieces.add(new Piece(part, position, isText, Buffer.buffer(length).appendBytes(bytes, from, length)));
            position++;
        }
    }
}
