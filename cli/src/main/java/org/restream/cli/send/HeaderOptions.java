package org.restream.cli.send;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.cli.command.HeaderField;
import org.restream.cli.command.HeaderJson;
import picocli.CommandLine.Option;

/** The request's header, as given on the command line. */
final class HeaderOptions {
    @Option(
            names = {"-H", "--header"},
            paramLabel = "NAME=TEXT",
            converter = HeaderField.Converter.class,
            description = "A field of the header; NAME:=JSON for a number, true, null, a list… Repeatable.")
    List<HeaderField> fields = List.of();

    @Option(
            names = "--header-json",
            paramLabel = "JSON",
            converter = HeaderJson.Converter.class,
            description = "The header as one JSON object; fields of --header are added to it.")
    HeaderJson json = new HeaderJson(Header.of());

    /** The header, with those fields of {@code more} that the user has not set. */
    Header with(Map<String, ?> more) {
        Map<String, @Nullable Object> header = new LinkedHashMap<>(more);
        header.putAll(json.header());
        header.putAll(HeaderField.header(fields));
        return Header.from(header);
    }
}
