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
 * What a command says on stderr, a line each: text for people, or a JSON object; only errors where it is quiet. Nothing that comes
 * from a peer is written raw.
 */
public final class EventLog {
    /** What all lines of one log have: who speaks, or when. */
    public interface Stamp {
        /** What a line of text begins with. */
        String prefix();

        /** The fields of an event, with those that each has. */
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
     * @param out takes whole lines, without their ends
     */
    public EventLog(OutputOptions options, Stamp stamp, Consumer<String> out) {
        this.options = options;
        this.stamp = stamp;
        this.out = out;
    }

    /** One whose lines name who speaks, such as {@code restream send}. */
    static EventLog of(String speaker, OutputOptions options, PrintWriter err) {
        return new EventLog(options, new Speaker(speaker), new StatusLine(err)::println);
    }

    public boolean isJson() {
        return options.logFormat == OutputOptions.LogFormat.json;
    }

    /** The fields of an event that has a message and no more. */
    public static Map<String, @Nullable Object> message(String event, String text) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("event", event);
        fields.put("message", text);
        return fields;
    }

    /** Something that may be good to know: not where it is quiet. */
    public void notice(@Nullable String text, Map<String, @Nullable Object> fields) {
        if (!options.quiet) {
            tell(text, fields);
        }
    }

    /**
     * Something that is said also where it is quiet.
     *
     * @param text null where it is worth no line of text
     */
    public void tell(@Nullable String text, Map<String, @Nullable Object> fields) {
        if (isJson() || text != null) {
            out.accept(line(text == null ? "" : text, fields));
        }
    }

    /** What {@link #tell} says. */
    public String line(String text, Map<String, @Nullable Object> fields) {
        return Printable.of(isJson() ? Header.from(stamp.with(fields)).toString() : stamp.prefix() + text);
    }

    /** A peer's header: where the rest is text, it is a line by itself, for programs too. */
    public void header(Header header) {
        // what Printable escapes stands inside of JSON strings, where the escape means the same
        out.accept(
                isJson() ? line("", Header.of("event", "header", "header", header)) : Printable.of(header.toString()));
    }

    /** A line that a command of {@code --exec} has said on its stderr, where that is not passed on as it is. */
    public void said(String text) {
        tell(text, message("stderr", text));
    }

    /** The one line for a trouble that ends the exchange or the command; the stack trace only where it is asked for. */
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
