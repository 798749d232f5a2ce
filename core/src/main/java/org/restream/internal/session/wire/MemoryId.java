package org.restream.internal.session.wire;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Names the memory in which a server keeps its sessions: 64 random bits, made when the process starts. No secret. */
public record MemoryId(long value) {
    static final int BYTES = 8;

    public static MemoryId random(SecureRandom random) {
        return new MemoryId(random.nextLong());
    }

    /** Null where the text is not 11 characters of base64url, as {@link #text()} spells them. */
    public static @Nullable MemoryId parse(String text) {
        byte[] bytes = Base64Url.decode(text, BYTES);
        return bytes == null ? null : new MemoryId(ByteBuffer.wrap(bytes).getLong());
    }

    /** 11 characters of base64url. */
    public String text() {
        return Base64Url.encode(ByteBuffer.allocate(BYTES).putLong(value).array());
    }

    @Override
    public String toString() {
        return text();
    }
}
