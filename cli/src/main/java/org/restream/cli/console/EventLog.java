package org.restream.cli.console;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.cli.command.Printable;

/**
 * What a command writes to stderr, one line per event: text for people, or a JSON object; with {@code -q} errors only.
 * Text from a peer is never written raw.
 */
public final class EventLog {
    /** What all lines of one log begin with: the command's name, or the time. */
    public interface Stamp {
        /** The beginning of each line of text. */
        String prefix();

        /** Adds to an event the fields that all events of this log have. */
        Map<String, @Nullable Object> with(Map<String, @Nullable Object> fields);
    }

    private record Speaker(String name) implements Stamp {
        @Override
        public String prefix() {
            return name + ": ";
        }

        @Override
        public Map<String, @Nullable Object> with(Map<String, @Nullable Object> fields) {
            return fields;
        }
    }

    private final OutputOptions options;
    private final Stamp stamp;
    private final Consumer<String> out;

    /**
     * @param out gets whole lines, without line terminators
     */
    public EventLog(OutputOptions options, Stamp stamp, Consumer<String> out) {
        this.options = options;
        this.stamp = stamp;
        this.out = out;
    }

    /** A log whose lines begin with the command's name, such as {@code restream send}. */
    static EventLog of(String speaker, OutputOptions options, PrintWriter err) {
        return new EventLog(options, new Speaker(speaker), new StatusLine(err)::println);
    }

    public boolean isJson() {
        return options.logFormat == OutputOptions.LogFormat.json;
    }

    /** The fields of an event that has a message only. */
    public static Map<String, @Nullable Object> message(String event, String text) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("event", event);
        fields.put("message", text);
        return fields;
    }

    /** Writes a notice, unless the log is quiet. */
    public void notice(@Nullable String text, Map<String, @Nullable Object> fields) {
        if (!options.quiet) {
            tell(text, fields);
        }
    }

    /**
     * Writes a line, also if the log is quiet.
     *
     * @param text null if it needs no line of text
     */
    public void tell(@Nullable String text, Map<String, @Nullable Object> fields) {
        if (isJson() || text != null) {
            out.accept(line(text == null ? "" : text, fields));
        }
    }

    /** The line that {@link #tell} would write. */
    public String line(String text, Map<String, @Nullable Object> fields) {
        return Printable.of(isJson() ? Header.from(stamp.with(fields)).toString() : stamp.prefix() + text);
    }

    /** Writes a peer's header. In the text format it is a line by itself, so that programs can read it. */
    public void header(Header header) {
        // Printable escapes only characters inside JSON strings, where the escape means the same
        out.accept(
                isJson() ? line("", Header.of("event", "header", "header", header)) : Printable.of(header.toString()));
    }

    /** A line from the stderr of a command of {@code --exec}, if that stderr is not passed through. */
    public void said(String text) {
        tell(text, message("stderr", text));
    }

    /** Writes the one line for an error that ends the exchange or the command, and its stack trace only on request. */
    public void error(int status, String text, @Nullable Throwable cause) {
        String trace = options.debug && cause != null ? stackTrace(cause) : "";
        Map<String, @Nullable Object> fields = message("error", text);
        fields.put("exit", status);
        if (!trace.isEmpty()) {
            fields.put("stackTrace", trace);
        }
        tell(text, fields);
        if (!isJson()) {
            trace.lines()
                    .map(traced -> Printable.of(traced.replace("\t", "    ")))
                    .forEach(out);
        }
    }

    private static String stackTrace(Throwable cause) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        return trace.toString().stripTrailing();
    }
}
