package org.restream.internal.session.wire;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Base64url without padding (RFC 4648, section 5); each value has one spelling. */
final class Base64Url {
    private Base64Url() {}

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Decodes {@code length} bytes, or returns null if the text is not their only valid spelling. */
    static byte @Nullable [] decode(String text, int length) {
        if (text.length() != chars(length)) {
            return null;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            // the decoder ignores the last character's unused bits
            return bytes.length == length && encode(bytes).equals(text) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static int chars(int length) {
        return (length * 8 + 5) / 6;
    }
}
