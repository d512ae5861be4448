package lyceum.gateway.sandbox;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import lyceum.gateway.route.StrictObject;

/** How bytes stand in JSON. */
enum SandboxEncoding {
    UTF8("has half a character") {
        @Override
        Buffer bytes(String text) throws CharacterCodingException {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return Buffer.buffer(bytes.limit()).appendBytes(bytes.array(), 0, bytes.limit());
        }
    },
    BASE64("is not base64") {
        @Override
        Buffer bytes(String text) {
            return Buffer.buffer(Base64.getDecoder().decode(text));
        }
    },
    HEX("is not hexadecimal") {
        @Override
        Buffer bytes(String text) {
            return Buffer.buffer(HexFormat.of().parseHex(text));
        }
    };

    private final String complaint;

    SandboxEncoding(String complaint) {
        this.complaint = complaint;
    }

    abstract Buffer bytes(String text) throws CharacterCodingException;

    /**
     * @param from has the text, and beside it, if it is not UTF-8, the name of its encoding
     * @return the bytes of a text that must be there; INVALID where they cannot be told
     */
    static Buffer read(StrictObject from, String text, String encoding) {
        return from.choiceOr(encoding, UTF8).read(from, text);
    }

    /** @return the bytes of a text that must be there and be written in this way, or INVALID */
    Buffer read(StrictObject from, String name) {
        String text = from.text(name);
        try {
            return bytes(text);
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw from.wrong(name, complaint);
        }
    }
}
