package org.restream.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes as the documents spell them, in parts: {@code 0a0b} in hexadecimal, {@code 00..ff} each byte from the first to the last,
 * {@code 'text'} its UTF-8 with escapes. A part that {@code * 3} follows counts three times.
 */
public final class Spelled {
    private static final Pattern PART = Pattern.compile(
            "(?:(\\p{XDigit}{2})\\.\\.(\\p{XDigit}{2})|((?:\\p{XDigit}{2})+)|'((?:[^'\\\\]|\\\\.)*)')(?: \\* (\\d+))?(?: +|$)");

    private Spelled() {}

    public static byte[] bytes(String spelled) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Matcher part = PART.matcher(spelled);
        int at = 0;
        while (at < spelled.length()) {
            if (!part.find(at) || part.start() != at) {
                throw new IllegalArgumentException("no bytes: " + spelled.substring(at));
            }
            byte[] bytes = part(part);
            int times = part.group(5) == null ? 1 : Integer.parseInt(part.group(5));
            for (int i = 0; i < times; i++) {
                out.writeBytes(bytes);
            }
            at = part.end();
        }
        return out.toByteArray();
    }

    private static byte[] part(Matcher part) {
        if (part.group(1) != null) {
            return range(Integer.parseInt(part.group(1), 16), Integer.parseInt(part.group(2), 16));
        }
        return part.group(3) != null ? hex(part.group(3)) : unescaped(part.group(4));
    }

    private static byte[] range(int first, int last) {
        byte[] bytes = new byte[last - first + 1];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    private static byte[] hex(String digits) {
        byte[] bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }

    private static byte[] unescaped(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer in = StandardCharsets.UTF_8.encode(text);
        while (in.hasRemaining()) {
            byte b = in.get();
            out.write(b == '\\' ? escape(in) : b);
        }
        return out.toByteArray();
    }

    private static int escape(ByteBuffer in) {
        char c = (char) in.get();
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '\\', '\'' -> c;
            case 'x' -> Character.digit(in.get(), 16) * 16 + Character.digit(in.get(), 16);
            default -> throw new IllegalArgumentException("no such escape: \\" + c);
        };
    }
}
