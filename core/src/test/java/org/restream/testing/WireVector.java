package org.restream.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
    private static final Pattern TEXT = Pattern.compile("'(.*)'(?: \\* (\\d+))?");
    private static final Pattern RANGE = Pattern.compile("(\\p{XDigit}{2})\\.\\.(\\p{XDigit}{2})");

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
                case "bytes" -> bytes.writeBytes(bytes(value));
                case "body" -> body.writeBytes(bytes(value));
                case "header" -> header = value;
                case "error" -> error = value;
                case "limit" -> limit = Integer.parseInt(value);
                case "ours" -> ours = value.equals("yes");
                default -> throw new IllegalArgumentException(name + ": " + line);
            }
        }
        return new WireVector(name, bytes.toByteArray(), header, body.toByteArray(), error, limit, ours);
    }

    private static byte[] bytes(String spelled) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Matcher range = RANGE.matcher(spelled);
        Matcher text = TEXT.matcher(spelled);
        if (range.matches()) {
            for (int b = Integer.parseInt(range.group(1), 16); b <= Integer.parseInt(range.group(2), 16); b++) {
                out.write(b);
            }
        } else if (text.matches()) {
            int times = text.group(2) == null ? 1 : Integer.parseInt(text.group(2));
            for (int i = 0; i < times; i++) {
                out.writeBytes(unescaped(text.group(1)));
            }
        } else {
            throw new IllegalArgumentException(spelled);
        }
        return out.toByteArray();
    }

    private static byte[] unescaped(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer in = StandardCharsets.UTF_8.encode(text);
        while (in.hasRemaining()) {
            byte b = in.get();
            out.write(b == '\\' ? escape(in) : b);
        }
        return out.toByteArray();
    }

    private static int escape(ByteBuffer in) {
        char c = (char) in.get();
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '\\', '\'' -> c;
            case 'x' -> Character.digit(in.get(), 16) * 16 + Character.digit(in.get(), 16);
            default -> throw new IllegalArgumentException("no such escape: \\" + c);
        };
    }
}
