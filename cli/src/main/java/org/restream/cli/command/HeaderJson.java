package org.restream.cli.command;

import org.restream.Header;
import org.restream.MalformedHeaderException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A whole header as the command line says it: one JSON object. Wrapped, since picocli would take the map for many options. */
public record HeaderJson(Header header) {
    public static final class Converter implements ITypeConverter<HeaderJson> {
        @Override
        public HeaderJson convert(String text) {
            try {
                return new HeaderJson(Header.parse(text));
            } catch (MalformedHeaderException e) {
                throw new TypeConversionException(
                        "'" + Printable.of(text) + "' is no header, which is one JSON object: " + Causes.line(e));
            }
        }
    }
}
