package org.restream.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A test vector of docs/session.md, which says what its lines mean.
 *
 * @param lines what stands behind each name, in order
 */
public record SessionVector(String kind, String name, Map<String, List<String>> lines) {
    private static final Path PAGE = Path.of("..", "docs", "session.md");
    private static final Pattern BLOCK =
            Pattern.compile("^```(\\S+) (\\S+)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern LINE = Pattern.compile("([a-zA-Z0-9]+): (.*)");
    private static final Pattern COUNT = Pattern.compile("^\\| `([a-z0-9]+)` \\| ([0-9]+) \\|", Pattern.MULTILINE);

    /** Each kind's names of lines; a block with another is a mistake. */
    private static final Map<String, Set<String>> KINDS = Map.of(
            "hello", Set.of("from", "bytes", "means", "error", "rest", "only"),
            "frames", Set.of("from", "bytes", "means", "error", "maxFrame", "only"),
            "proof", Set.of("side", "key", "session", "memory", "epoch", "proof"),
            "crc32c", Set.of("bytes", "crc"));

    public static List<SessionVector> all() {
        List<SessionVector> vectors = new ArrayList<>();
        Matcher block = BLOCK.matcher(page());
        while (block.find()) {
            vectors.add(parse(block.group(1), block.group(2), block.group(3)));
        }
        return vectors;
    }

    /** How many of each kind the page says that it has. */
    public static Map<String, Integer> counts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        Matcher row = COUNT.matcher(page());
        while (row.find()) {
            counts.put(row.group(1), Integer.parseInt(row.group(2)));
        }
        return counts;
    }

    private static String page() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SessionVector parse(String kind, String name, String text) {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches() || !KINDS.getOrDefault(kind, Set.of()).contains(parts.group(1))) {
                throw new IllegalArgumentException(kind + ' ' + name + ": " + line);
            }
            lines.computeIfAbsent(parts.group(1), key -> new ArrayList<>()).add(parts.group(2));
        }
        return new SessionVector(kind, name, lines);
    }

    /** What stands behind the name, which is there once. */
    public String line(String key) {
        List<String> values = all(key);
        if (values.size() != 1) {
            throw new IllegalArgumentException(name + " has not one line \"" + key + "\", but " + values.size());
        }
        return values.get(0);
    }

    public List<String> all(String key) {
        return lines.getOrDefault(key, List.of());
    }

    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        all("bytes").forEach(line -> bytes.writeBytes(Spelled.bytes(line)));
        return bytes.toByteArray();
    }

    public boolean isError() {
        return lines.containsKey("error");
    }

    /** Whether our encoder makes just these bytes. */
    public boolean isWritten() {
        return !isError() && !lines.containsKey("only");
    }

    @Override
    public String toString() {
        return name;
    }
}
