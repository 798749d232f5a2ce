package org.restream.internal.session.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Proves that a side knows the session's key, without telling it: HMAC-SHA256 over which side it is, the session, the memory and the
 * epoch. An epoch is accepted once, so a proof that was overheard is worth nothing. Its text is never shown.
 */
public final class Proof {
    static final int BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";
    /** Stands in for the key of an unknown session, so that the answer takes the same time. */
    private static final byte[] NO_KEY = new byte[SessionKey.BYTES];

    private final byte[] bytes;

    private Proof(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The client's, in {@code resume}. */
    public static Proof ofResume(SessionKey key, SessionId session, MemoryId memory, long epoch) {
        return new Proof(compute(key.bytes(), "restream/1 resume", session, memory, epoch));
    }

    /** The server's, in {@code welcome}. */
    public static Proof ofWelcome(SessionKey key, SessionId session, MemoryId memory, long epoch) {
        return new Proof(compute(key.bytes(), "restream/1 welcome", session, memory, epoch));
    }

    /**
     * Whether a client that wants to resume knows the key.
     *
     * @param key null if the session is unknown: then the result is false, after the same work
     */
    public static boolean isRight(@Nullable SessionKey key, Hello.Resume hello) {
        byte[] right = compute(
                key == null ? NO_KEY : key.bytes(),
                "restream/1 resume",
                hello.session(),
                hello.memory(),
                hello.epoch());
        boolean same = MessageDigest.isEqual(right, hello.proof().bytes);
        return same & (key != null);
    }

    /** Null where the text is not 43 characters of base64url, as {@link #text()} spells them. */
    public static @Nullable Proof parse(String text) {
        byte[] bytes = Base64Url.decode(text, BYTES);
        return bytes == null ? null : new Proof(bytes);
    }

    /** 43 characters of base64url. */
    public String text() {
        return Base64Url.encode(bytes);
    }

    private static byte[] compute(byte[] key, String side, SessionId session, MemoryId memory, long epoch) {
        byte[] label = side.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer message = ByteBuffer.allocate(label.length + 1 + SessionId.BYTES + MemoryId.BYTES + Long.BYTES)
                .put(label)
                .put((byte) 0)
                .putLong(session.high())
                .putLong(session.low())
                .putLong(memory.value())
                .putLong(epoch);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(message.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** In constant time. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Proof proof && MessageDigest.isEqual(bytes, proof.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "hidden";
    }
}
