package org.restream.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A test vector of docs/wire.md, which documents its lines.
 *
 * @param header compact JSON, "none", or empty if an error is expected
 * @param error empty if no error is expected
 */
public record WireVector(
        String name, byte[] bytes, String header, byte[] body, String error, int maxHeaderBytes, boolean ours) {
    private static final Path PAGE = Path.of("..", "docs", "wire.md");
    private static final Pattern BLOCK =
            Pattern.compile("^```vector (\\S+)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern LINE = Pattern.compile("([a-z]+): (.*)");

    public static List<WireVector> all() {
        List<WireVector> vectors = new ArrayList<>();
        try {
            Matcher block = BLOCK.matcher(Files.readString(PAGE));
            while (block.find()) {
                vectors.add(parse(block.group(1), block.group(2)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return vectors;
    }

    public boolean isError() {
        return !error.isEmpty();
    }

    public boolean isEmptyMessage() {
        return header.equals("none");
    }

    @Override
    public String toString() {
        return name;
    }

    private static WireVector parse(String name, String lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        String header = "";
        String error = "";
        int limit = 64 * 1024;
        boolean ours = false;
        for (String line : lines.lines().toList()) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw new IllegalArgumentException(name + ": " + line);
            }
            String value = parts.group(2);
            switch (parts.group(1)) {
                case "bytes" -> bytes.writeBytes(Spelled.bytes(value));
                case "body" -> body.writeBytes(Spelled.bytes(value));
                case "header" -> header = value;
                case "error" -> error = value;
                case "limit" -> limit = Integer.parseInt(value);
                case "ours" -> ours = value.equals("yes");
                default -> throw new IllegalArgumentException(name + ": " + line);
            }
        }
        return new WireVector(name, bytes.toByteArray(), header, body.toByteArray(), error, limit, ours);
    }
}
