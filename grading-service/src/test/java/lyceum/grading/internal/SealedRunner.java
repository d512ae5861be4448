package lyceum.grading.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A runner written from the description of the sealed envelope alone, on the ciphers of the JDK. */
final class SealedRunner {

    private final byte[] id;
    private final byte[] key;
    final byte[] nonce = new byte[12];

    SealedRunner(String id, String key) throws GeneralSecurityException {
        this.id = id.getBytes(StandardCharsets.US_ASCII);
        byte[] extracted = hmac(new byte[32], key.getBytes(StandardCharsets.US_ASCII));
        this.key = hmac(extracted, "lyceum.envelope.v2\u0001".getBytes(StandardCharsets.US_ASCII));
        new SecureRandom().nextBytes(nonce);
    }

    private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
    }

    byte[] seal(String json, String method, String path, long millis) throws GeneralSecurityException {
        byte[] header = ByteBuffer.allocate(22 + id.length)
                .put((byte) 2)
                .put((byte) id.length)
                .put(id)
                .putLong(millis)
                .put(nonce)
                .array();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(header);
        cipher.updateAAD((method + " " + path).getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(header);
        body.writeBytes(cipher.doFinal(json.getBytes(StandardCharsets.UTF_8)));
        return body.toByteArray();
    }

    String open(byte[] reply, int status) throws GeneralSecurityException {
        int header = 22 + id.length;
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(key, "AES"),
                new GCMParameterSpec(128, Arrays.copyOfRange(reply, header - 12, header)));
        cipher.updateAAD(reply, 0, header);
        cipher.updateAAD(("REPLY " + status + " ").getBytes(StandardCharsets.US_ASCII));
        cipher.updateAAD(nonce);
        return new String(cipher.doFinal(reply, header, reply.length - header), StandardCharsets.UTF_8);
    }
}
