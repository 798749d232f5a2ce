package org.restream.cli.command;

import org.restream.Header;
import org.restream.MalformedHeaderException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A whole header on the command line, as one JSON object. A record, because picocli handles maps in a way of its own.
 */
public record HeaderJson(Header header) {
    public static final class Converter implements ITypeConverter<HeaderJson> {
        @Override
        public HeaderJson convert(String text) {
            try {
                return new HeaderJson(Header.parse(text));
            } catch (MalformedHeaderException e) {
                throw new TypeConversionException(
                        "'" + Printable.of(text) + "' is not a header, which is one JSON object: " + Causes.line(e));
            }
        }
    }
}
