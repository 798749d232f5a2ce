package org.restream.internal.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** UTF-8 without its silence: nothing is replaced by a question mark. */
final class Utf8 {
    private Utf8() {}

    static CharsetDecoder strictDecoder() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** Decodes what it can; where the result is an error, the input's position is at the bad byte. */
    static CoderResult decode(CharsetDecoder decoder, ByteBuffer in, CharBuffer out, boolean endOfInput) {
        CoderResult result = decoder.decode(in, out, endOfInput);
        return endOfInput && result.isUnderflow() ? decoder.flush(out) : result;
    }

    /** The index of the first surrogate without its other half, or -1. */
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

    /** In JSON text: a lone surrogate has no UTF-8, but it has an escape. */
    static String escapeUnpaired(String json) {
        int bad = firstUnpaired(json);
        if (bad < 0) {
            return json;
        }
        StringBuilder out = new StringBuilder();
        String rest = json;
        for (; bad >= 0; bad = firstUnpaired(rest)) {
            out.append(rest, 0, bad).append(String.format("\\u%04x", (int) rest.charAt(bad)));
            rest = rest.substring(bad + 1);
        }
        return out.append(rest).toString();
    }
}
