package org.restream.cli.listen;

import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.restream.Header;

/**
 * Passes a header as environment variables. A field that can't be a variable is left out with a warning; nothing fails.
 */
final class HeaderVariables {
    private static final String WHOLE = "RESTREAM_HEADER";
    private static final String FIELD = "RESTREAM_H_";
    /** The limit of Linux for one variable with its name: MAX_ARG_STRLEN. */
    private static final int MOST_BYTES = 128 * 1024 - 1;

    /** The charset in which the JDK passes variables. */
    private static final Charset CHARSET =
            Runtime.version().feature() < 18 ? Charset.defaultCharset() : Charset.forName(jnuEncoding());

    private static final HexFormat HEX = HexFormat.of();

    private HeaderVariables() {}

    private static String jnuEncoding() {
        return System.getProperty("sun.jnu.encoding", "UTF-8");
    }

    /**
     * Sets {@code RESTREAM_HEADER} and {@code RESTREAM_H_<NAME>}, and removes those inherited from an outer command.
     */
    static void set(Map<String, String> environment, Header header, ListenNotices notices) {
        clear(environment);
        header.forEach((name, value) -> {
            String variable = FIELD + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
            if (value instanceof String text) {
                put(environment, variable, text, "the header field " + name, notices);
            } else {
                String json = json(value);
                put(environment, variable, sayable(json) ? json : ascii(json), "the header field " + name, notices);
            }
        });
        String json = header.toString();
        String ascii = ascii(json);
        put(environment, WHOLE, fits(WHOLE, ascii) ? ascii : json, "the header", notices);
    }

    /** Removes the variables; returns whether there were any. */
    static boolean clear(Map<String, String> environment) {
        return environment.keySet().removeIf(name -> name.equals(WHOLE) || name.startsWith(FIELD));
    }

    private static void put(
            Map<String, String> environment, String variable, String value, String what, ListenNotices notices) {
        if (value.indexOf('\0') >= 0) {
            notices.warning(what + " holds a NUL: no " + variable + " for it");
        } else if (!sayable(value)) {
            notices.warning(
                    what + " can't be written in this locale's charset (" + CHARSET + "): no " + variable + " for it");
        } else if (!fits(variable, value)) {
            notices.warning(what + " is too long for a variable: no " + variable + " for it");
        } else {
            environment.put(variable, value);
        }
    }

    private static boolean sayable(String value) {
        return CHARSET.newEncoder().canEncode(value);
    }

    private static boolean fits(String variable, String value) {
        return variable.length() + 1 + value.getBytes(CHARSET).length <= MOST_BYTES;
    }

    /** A value as JSON. Only {@link Header} can write JSON. */
    private static String json(Object value) {
        String object = Header.of("", value).toString();
        return object.substring(object.indexOf(':') + 1, object.length() - 1);
    }

    /** The same JSON in ASCII, which passes unchanged in every locale. */
    private static String ascii(String json) {
        StringBuilder out = new StringBuilder(json.length());
        json.chars().forEach(c -> {
            if (c < 0x7f) {
                out.append((char) c);
            } else {
                out.append("\\u").append(HEX.toHexDigits((char) c));
            }
        });
        return out.toString();
    }
}
