package org.restream.internal.wire;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Encodes text for a body, piece by piece. The first half of a surrogate pair is kept until the second one comes. */
public final class TextEncoder {
    private String half = "";

    /** Encodes a piece. */
    public byte[] encode(String text) throws CharacterCodingException {
        String whole = half + text;
        int end = whole.length();
        if (end > 0 && Character.isHighSurrogate(whole.charAt(end - 1))) {
            end--;
        }
        String sent = whole.substring(0, end);
        int bad = Utf8.firstUnpaired(sent);
        if (bad >= 0) {
            throw new UnpairedSurrogateException(sent.charAt(bad));
        }
        half = whole.substring(end);
        return sent.getBytes(StandardCharsets.UTF_8);
    }

    /** Call this before other bytes or the end: a half of a surrogate pair must not be pending. */
    public void end() throws CharacterCodingException {
        if (!half.isEmpty()) {
            throw new UnpairedSurrogateException(half.charAt(0));
        }
    }

    private static final class UnpairedSurrogateException extends CharacterCodingException {
        private static final long serialVersionUID = 1;
        private final char surrogate;

        UnpairedSurrogateException(char surrogate) {
            this.surrogate = surrogate;
        }

        @Override
        public String getMessage() {
            return String.format(
                    Locale.ROOT,
                    "the text has a surrogate without its other half, U+%04X: it has no UTF-8 encoding",
                    (int) surrogate);
        }
    }
}
