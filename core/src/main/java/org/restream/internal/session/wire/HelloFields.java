package org.restream.internal.session.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.restream.internal.text.Printable;

/** The fields of a first line. An error names the field, its value and the rule, but never the value of a secret field. */
final class HelloFields {
    private static final Pattern WORD = Pattern.compile("[a-z-]{1,32}");

    private final Map<String, @Nullable Object> fields;

    HelloFields(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    SessionId session() throws ProtocolException {
        return secret("session", SessionId::parse, SessionId.BYTES);
    }

    SessionKey key() throws ProtocolException {
        return secret("key", SessionKey::parse, SessionKey.BYTES);
    }

    Proof proof() throws ProtocolException {
        return secret("proof", Proof::parse, Proof.BYTES);
    }

    MemoryId memory() throws ProtocolException {
        MemoryId memory = memoryIfThere();
        if (memory == null) {
            throw missing("memory");
        }
        return memory;
    }

    @Nullable
    MemoryId memoryIfThere() throws ProtocolException {
        Object value = fields.get("memory");
        if (value == null) {
            return null;
        }
        MemoryId memory = value instanceof String text ? MemoryId.parse(text) : null;
        if (memory == null) {
            throw wrong("memory", value, "11 characters of base64url (8 bytes)");
        }
        return memory;
    }

    private <T> T secret(String name, Function<String, @Nullable T> parse, int bytes) throws ProtocolException {
        Object value = fields.get(name);
        if (value == null) {
            throw missing(name);
        }
        T parsed = value instanceof String text ? parse.apply(text) : null;
        if (parsed == null) {
            String what = value instanceof String text ? text.length() + " characters that are not" : "not";
            throw new ProtocolException("field \"" + name + "\" is " + what + " its " + Base64Url.chars(bytes)
                    + " characters of base64url (" + bytes + " bytes)");
        }
        return parsed;
    }

    long number(String name, long min, long max) throws ProtocolException {
        Object value = fields.get(name);
        if (value == null) {
            throw missing(name);
        }
        return number(name, value, min, max);
    }

    int smallNumber(String name, int min, int max) throws ProtocolException {
        return (int) number(name, min, max);
    }

    /** The number, or another value where there is none. */
    int smallNumber(String name, int min, int max, int otherwise) throws ProtocolException {
        return fields.get(name) == null ? otherwise : smallNumber(name, min, max);
    }

    private static long number(String name, @Nullable Object value, long min, long max) throws ProtocolException {
        if (value instanceof Long number && number >= min && number <= max) {
            return number;
        }
        throw wrong(name, value, min == max ? "" + min : "a whole number from " + min + " to " + max);
    }

    String word(String name) throws ProtocolException {
        Object value = fields.get(name);
        if (value == null) {
            throw missing(name);
        }
        return word(name, value);
    }

    private static String word(String name, @Nullable Object value) throws ProtocolException {
        if (value instanceof String word && WORD.matcher(word).matches()) {
            return word;
        }
        throw wrong(name, value, "1 to 32 characters from a-z and the hyphen");
    }

    /** The text, or an empty one where there is none. */
    String text(String name) throws ProtocolException {
        Object value = fields.get(name);
        if (value == null) {
            return "";
        }
        if (value instanceof String text && text.getBytes(StandardCharsets.UTF_8).length <= FrameLimits.MAX_TEXT) {
            return text;
        }
        throw wrong(name, value, "text of at most " + FrameLimits.MAX_TEXT + " bytes in UTF-8");
    }

    List<Integer> versions(String name) throws ProtocolException {
        List<Integer> versions = new ArrayList<>();
        for (Object item : list(name, 16)) {
            versions.add((int) number(name, item, 1, 999));
        }
        return List.copyOf(versions);
    }

    List<Hello.Left> left(String name) throws ProtocolException {
        List<Hello.Left> left = new ArrayList<>();
        for (Object item : list(name, Hello.Refuse.MAX_LEFT)) {
            if (!(item instanceof List<?> pair) || pair.size() != 2) {
                throw wrong(name, item, "pairs of a number and a word");
            }
            left.add(new Hello.Left(number(name, pair.get(0), 1, FrameLimits.MAX_NUMBER), word(name, pair.get(1))));
        }
        return List.copyOf(left);
    }

    private List<?> list(String name, int max) throws ProtocolException {
        Object value = fields.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list && list.size() <= max) {
            return list;
        }
        throw wrong(name, value, "an array of at most " + max);
    }

    private static ProtocolException missing(String name) {
        return new ProtocolException("field \"" + name + "\" is missing");
    }

    private static ProtocolException wrong(String name, @Nullable Object value, String rule) {
        String shown = value instanceof String text ? '"' + Printable.of(text) + '"' : Printable.of("" + value);
        return new ProtocolException("field \"" + name + "\" is " + shown + ", and not " + rule);
    }
}
