package org.restream.cli;

import java.util.Locale;
import java.util.Map;
import org.restream.Header;

/** A header as environment variables of a command. */
final class HeaderVariables {
    private static final String WHOLE = "RESTREAM_HEADER";
    private static final String FIELD = "RESTREAM_H_";

    private HeaderVariables() {}

    /** Sets {@code RESTREAM_HEADER} and {@code RESTREAM_H_<NAME>}; those of an outer command go. */
    static void set(Map<String, String> environment, Header header, ListenNotices notices) {
        environment.keySet().removeIf(name -> name.equals(WHOLE) || name.startsWith(FIELD));
        header.forEach((name, value) -> {
            String text = value instanceof String string ? string : json(value);
            if (text.indexOf('\0') < 0) {
                environment.put(FIELD + variable(name), text);
            } else {
                notices.warning("the header field " + name + " holds a NUL: no " + FIELD + variable(name) + " for it");
            }
        });
        environment.put(WHOLE, ascii(header.toString()));
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** Only Header writes JSON. */
    private static String json(Object value) {
        String object = Header.of("", value).toString();
        return object.substring(object.indexOf(':') + 1, object.length() - 1);
    }

    /** What no locale can spoil on its way to the command; JSON means the same. */
    private static String ascii(String json) {
        StringBuilder out = new StringBuilder(json.length());
        json.chars().forEach(c -> {
            if (c < 0x7f) {
                out.append((char) c);
            } else {
                out.append(String.format("\\u%04x", c));
            }
        });
        return out.toString();
    }
}
