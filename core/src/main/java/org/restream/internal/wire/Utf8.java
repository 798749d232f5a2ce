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
}
