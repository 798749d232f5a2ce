package org.restream.internal.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON that most headers are: one flat object of texts without escapes, small whole numbers, true, false and null. It knows
 * no errors: all else is left to {@link JsonText}, and gives the same there.
 */
final class PlainJson {
    /** Any whole number of so many digits is a long. */
    private static final int MAX_DIGITS = 18;

    private final String json;
    private int at;

    private PlainJson(String json) {
        this.json = json;
    }

    /** The fields; or null where the text is not of this kind. */
    static @Nullable Map<String, @Nullable Object> read(String json) {
        return new PlainJson(json).object();
    }

    private @Nullable Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(JsonText.FEW);
        if (!skip('{')) {
            return null;
        }
        if (!skip('}')) {
            do {
                if (!field(fields)) {
                    return null;
                }
            } while (skip(','));
            if (!skip('}')) {
                return null;
            }
        }
        return at == json.length() ? fields : null;
    }

    private boolean field(Map<String, @Nullable Object> fields) {
        String name = string();
        if (name == null || !skip(':') || at == json.length()) {
            return false;
        }
        char first = json.charAt(at);
        Object value = switch (first) {
            case '"' -> string();
            case 't' -> skip("true") ? true : null;
            case 'f' -> skip("false") ? false : null;
            case 'n' -> null;
            default -> number();
        };
        if (value == null && (first != 'n' || !skip("null"))) {
            return false;
        }
        fields.put(name, value);
        return true;
    }

    private @Nullable String string() {
        if (!skip('"')) {
            return null;
        }
        for (int i = at; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '"') {
                String text = json.substring(at, i);
                at = i + 1;
                return text;
            }
            if (c < ' ' || c == '\\') {
                return null;
            }
        }
        return null;
    }

    private @Nullable Long number() {
        int begin = at;
        long value = 0;
        while (at < json.length() && json.charAt(at) >= '0' && json.charAt(at) <= '9') {
            value = 10 * value + json.charAt(at) - '0';
            at++;
        }
        int digits = at - begin;
        boolean isPlain = digits > 0 && digits <= MAX_DIGITS && (digits == 1 || json.charAt(begin) != '0');
        // what follows is checked by the caller: after a point or an exponent neither a comma nor a brace is found
        return isPlain ? value : null;
    }

    private boolean skip(char expected) {
        if (at < json.length() && json.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private boolean skip(String expected) {
        if (json.startsWith(expected, at)) {
            at += expected.length();
            return true;
        }
        return false;
    }
}
