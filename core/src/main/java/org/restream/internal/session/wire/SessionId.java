package org.restream.internal.session.wire;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** A session's name: 128 random bits, made by the client. */
public record SessionId(long high, long low) {
    static final int BYTES = 16;

    public static SessionId random(SecureRandom random) {
        return new SessionId(random.nextLong(), random.nextLong());
    }

    /** Null where the text is not 22 characters of base64url, as {@link #text()} spells them. */
    public static @Nullable SessionId parse(String text) {
        byte[] bytes = Base64Url.decode(text, BYTES);
        if (bytes == null) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new SessionId(in.getLong(), in.getLong());
    }

    /** 22 characters of base64url. */
    public String text() {
        return Base64Url.encode(
                ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array());
    }

    /** What of the id may be shown: its first four characters. */
    public String shortText() {
        return text().substring(0, 4);
    }

    @Override
    public String toString() {
        return shortText() + "…";
    }
}
