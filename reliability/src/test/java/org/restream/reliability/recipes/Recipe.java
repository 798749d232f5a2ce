package org.restream.reliability.recipes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What docs/recipes.md shows: blocks, each with its name in a comment before it, and the rows of a table. */
final class Recipe {
    private static final Path DOCS = Path.of(System.getProperty("basedir", "."), "..", "docs");
    private static final Path FILE = DOCS.resolve("recipes.md");
    private static final Pattern BLOCK = Pattern.compile("(?m)^<!-- (.+) -->\\n```\\w*\\n((?s:.*?))^```$");
    private static final Pattern FENCE = Pattern.compile("(?m)^ *```");

    private Recipe() {}

    /** A block, word for word. */
    static String of(String name) throws IOException {
        return in(FILE, name);
    }

    /** A block of docs/operations.md, word for word. */
    static String ofOperations(String name) throws IOException {
        return in(DOCS.resolve("operations.md"), name);
    }

    private static String in(Path file, String name) throws IOException {
        return blocks(file)
                .filter(block -> block.group(1).equals(name))
                .map(block -> block.group(2))
                .findFirst()
                .orElseThrow(() -> new IOException(file + " has no block \"" + name + '"'));
    }

    /** A block of commands for the folder {@code /srv}, here for another folder. */
    static String of(String name, Path srv) throws IOException {
        return of(name).replace("/srv", srv.toString());
    }

    static List<String> names() throws IOException {
        return blocks(FILE).map(block -> block.group(1)).toList();
    }

    /** How many fenced blocks there are, with and without a name. */
    static long fences() throws IOException {
        return FENCE.matcher(Files.readString(FILE)).results().count() / 2;
    }

    /** The cells of the last table, without its head; a bar in a cell is written as in the commands. */
    static List<List<String>> table() throws IOException {
        List<List<String>> rows = Files.readString(FILE)
                .lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> Stream.of(line.substring(1).split("(?<!\\\\)\\|"))
                        .map(cell -> cell.strip().replace("\\|", "|"))
                        .toList())
                .toList();
        int head = rows.indexOf(List.of("task", "receiver", "sender"));
        return rows.subList(head + 2, rows.size());
    }

    private static Stream<MatchResult> blocks(Path file) throws IOException {
        return BLOCK.matcher(Files.readString(file)).results();
    }
}
