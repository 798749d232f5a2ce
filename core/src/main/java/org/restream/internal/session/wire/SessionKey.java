package org.restream.internal.session.wire;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A session's secret: 256 random bits, made by the client and sent once. Its text is never shown. */
public final class SessionKey {
    static final int BYTES = 32;

    private final byte[] bytes;

    private SessionKey(byte[] bytes) {
        this.bytes = bytes;
    }

    public static SessionKey random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new SessionKey(bytes);
    }

    /** Null where the text is not 43 characters of base64url, as {@link #text()} spells them. */
    public static @Nullable SessionKey parse(String text) {
        byte[] bytes = Base64Url.decode(text, BYTES);
        return bytes == null ? null : new SessionKey(bytes);
    }

    /** 43 characters of base64url: for the first line of a new session, and nothing else. */
    public String text() {
        return Base64Url.encode(bytes);
    }

    /** The bytes themselves, for {@link Proof}. */
    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SessionKey key && MessageDigest.isEqual(bytes, key.bytes);
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
