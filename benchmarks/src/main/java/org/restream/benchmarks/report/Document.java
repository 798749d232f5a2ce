package org.restream.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Markdown document with places for results: the text from {@code <!-- measured: NAME -->} to {@code <!-- end -->} is
 * replaced, and the rest stays.
 */
public final class Document {
    private final Path file;
    private String text;

    public Document(Path file) throws IOException {
        this.file = file;
        this.text = Files.readString(file);
    }

    public void put(String name, String what) throws IOException {
        String start = "<!-- measured: " + name + " -->\n";
        String end = "<!-- end -->";
        int from = text.indexOf(start);
        int to = text.indexOf(end, from);
        if (from < 0 || to < 0) {
            throw new IOException(file + " has no place for " + name + ": " + start.strip() + " … " + end);
        }
        text = text.substring(0, from + start.length()) + "\n" + what.strip() + "\n\n" + text.substring(to);
    }

    public void write() throws IOException {
        Files.writeString(file, text);
    }
}
