package org.restream.internal.session.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Short texts in UTF-8. */
final class StrictText {
    private static final byte[] NONE = {};

    private StrictText() {}

    /** Reads the next {@code length} bytes, and returns their text, or null if they are not UTF-8. */
    static @Nullable String decode(ByteBuffer in, int length) {
        if (length == 0) {
            return "";
        }
        ByteBuffer bytes = in.slice(in.position(), length);
        in.position(in.position() + length);
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(bytes);
            return text.toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Returns at most {@code max} bytes; a longer text is cut between two characters. */
    static byte[] encode(String text, int max) {
        if (text.isEmpty()) {
            return NONE;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= max) {
            return bytes;
        }
        int end = max;
        while ((bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }
}
