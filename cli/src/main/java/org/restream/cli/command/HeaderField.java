package org.restream.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.MalformedHeaderException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A header field on the command line: {@code name=text}, or {@code name:=json} for a value that is not text. */
public record HeaderField(String name, @Nullable Object value) {
    public static final class Converter implements ITypeConverter<HeaderField> {
        @Override
        public HeaderField convert(String text) {
            return parse(text);
        }
    }

    /** The fields as a header. If a name occurs twice, the last one counts. */
    public static Header header(List<HeaderField> fields) {
        Map<String, @Nullable Object> header = new LinkedHashMap<>();
        fields.forEach(field -> header.put(field.name(), field.value()));
        return Header.from(header);
    }

    static HeaderField parse(String text) {
        int equals = text.indexOf('=');
        boolean isJson = equals > 0 && text.charAt(equals - 1) == ':';
        int end = isJson ? equals - 1 : equals;
        if (end <= 0) {
            throw refused(text, "it takes name=text, or name:=json");
        }
        String value = text.substring(equals + 1);
        return new HeaderField(text.substring(0, end), isJson ? json(text, value) : value);
    }

    private static @Nullable Object json(String text, String json) {
        // the text does not contain this name, so it can't end the value and begin another field
        String name = "v";
        while (json.contains(name)) {
            name += "v";
        }
        try {
            Header parsed = Header.parse("{\"" + name + "\":" + json + "\n}");
            if (parsed.size() == 1 && parsed.containsKey(name)) {
                return parsed.get(name);
            }
        } catch (MalformedHeaderException e) {
            throw refused(text, "what follows := must be JSON; text is written with = alone");
        }
        throw refused(text, "what follows := must be one JSON value");
    }

    private static TypeConversionException refused(String text, String rule) {
        return new TypeConversionException("'" + Printable.of(text) + "' is not a header field: " + rule);
    }
}
