package lyceum.gateway.elicast;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What a header says. Netty makes one character of each byte; browsers that send more than ASCII send UTF-8. */
final class HeaderText {

    private HeaderText() {}

    /** @return the text whose UTF-8 this is; where it is none, the text as it came */
    static String of(String header) {
        if (header.chars().allMatch(character -> character < 0x80)) {
            return header;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(header.getBytes(StandardCharsets.ISO_8859_1));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return header;
        }
    }
}
