package org.restream.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The figures that tests measure, each with a key: {@code <!-- figure KEY -->…<!-- end -->} in docs/reliability.md. A
 * test records its figure once; {@link #main} writes those of a full run into the document.
 */
public final class Figures {
    private static final Path FOLDER = Path.of(System.getProperty("basedir", "."), "target", "figures");
    private static final Pattern PLACE = Pattern.compile("(?s)(<!-- figure ([a-z0-9-]+) -->)(.*?)(<!-- end -->)");

    private Figures() {}

    /** Records a figure: one or more lines of Markdown with all numbers, which make sense alone. */
    public static void record(String key, String text) {
        if (!key.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException("a key has a-z, 0-9 and '-' only: \"" + key + '"');
        }
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve(key + ".txt"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.println("figure " + key + ": " + text);
    }

    /** Writes the recorded figures into a document; others stay unchanged. */
    public static void main(String... arguments) throws IOException {
        Path document = Path.of(arguments[0]);
        String text = Files.readString(document);
        Files.writeString(document, PLACE.matcher(text).replaceAll(Figures::filled));
    }

    private static String filled(MatchResult place) {
        Path recorded = FOLDER.resolve(place.group(2) + ".txt");
        try {
            String figure = Files.exists(recorded) ? Files.readString(recorded) : place.group(3);
            return Matcher.quoteReplacement(place.group(1) + figure + place.group(4));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The keys of the places in a document. */
    static Iterable<String> keys(String document) {
        return PLACE.matcher(document).results().map(place -> place.group(2)).collect(Collectors.toList());
    }
}
