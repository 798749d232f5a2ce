package org.restream.internal.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** UTF-8 without silent replacement of invalid input. */
final class Utf8 {
    private Utf8() {}

    static CharsetDecoder strictDecoder() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** Decodes as far as possible; if the result is an error, the input's position is at the invalid byte. */
    static CoderResult decode(CharsetDecoder decoder, ByteBuffer in, CharBuffer out, boolean endOfInput) {
        CoderResult result = decoder.decode(in, out, endOfInput);
        return endOfInput && result.isUnderflow() ? decoder.flush(out) : result;
    }

    /** The index of the first unpaired surrogate, or -1. */
    static int firstUnpaired(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isHighSurrogate(text.charAt(i))
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /** Writes unpaired surrogates in JSON text as escapes, because they have no UTF-8 encoding. */
    static String escapeUnpaired(String json) {
        int bad = firstUnpaired(json);
        if (bad < 0) {
            return json;
        }
        // one pass, and not String.format, which is slow: a stranger may have sent many of them
        StringBuilder out = new StringBuilder(json.length() + 64).append(json, 0, bad);
        for (int i = bad; i < json.length(); i++) {
            char c = json.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < json.length()
                    && Character.isLowSurrogate(json.charAt(i + 1));
            if (pair) {
                out.append(c).append(json.charAt(++i));
            } else if (Character.isSurrogate(c)) {
                out.append("\\u").append(Integer.toHexString(c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
