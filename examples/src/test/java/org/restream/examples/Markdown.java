package org.restream.examples;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A document of this repository. */
record Markdown(String name, String text) {
    /** The repository's root; tests run in the folder of their module. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern BLOCK =
            Pattern.compile("(?m)(?:^<!-- (\\w+) of (\\w+) -->\\n)?^```(\\w*)\\n((?s:.*?))^```$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");

    /**
     * A fenced block.
     *
     * @param kind "code" or "output", from the comment before it; empty if there is none
     * @param of the class whose code or output it is; empty if there is none
     */
    record Block(String kind, String of, String language, String text) {}

    /** A section of a file; an empty name means this file. */
    record Section(String file, String heading) {}

    static Markdown read(String name) throws IOException {
        return new Markdown(name, Files.readString(ROOT.resolve(name)));
    }

    Stream<Block> blocks() {
        return BLOCK.matcher(text)
                .results()
                .map(found -> new Block(
                        found.group(1) == null ? "" : found.group(1),
                        found.group(2) == null ? "" : found.group(2),
                        found.group(3),
                        found.group(4)));
    }

    /** Links to files of this repository, without fragments. */
    Stream<String> links() {
        return targets().map(target -> target.replaceFirst("#.*", "")).filter(target -> !target.isEmpty());
    }

    /** Links to sections. */
    Stream<Section> sections() {
        return targets()
                .filter(target -> target.contains("#"))
                .map(target -> target.split("#", 2))
                .map(parts -> new Section(parts[0], parts[1]));
    }

    private Stream<String> targets() {
        return LINK.matcher(text).results().map(found -> found.group(1)).filter(target -> !target.contains(":"));
    }

    /** The headings, in the form that links use. */
    Stream<String> headings() {
        return text.lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(title -> title.replaceAll("[^\\w -]", "").replace(' ', '-'));
    }

    Path folder() {
        return ROOT.resolve(name).getParent();
    }

    /** Text without its indentation. */
    static String flat(String text) {
        return text.lines().map(String::strip).collect(joining("\n"));
    }
}
