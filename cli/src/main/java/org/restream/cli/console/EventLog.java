package org.restream.cli.console;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.Header;
import org.restream.cli.command.Printable;
import org.restream.cli.tls.ReloadedTls;

/** Tells on stderr what happens: in words, what somebody who waits would want to know; in JSON, every event. */
public final class EventLog {
    private final String command;
    private final String label;
    private final OutputOptions options;
    private final StatusLine err;
    private final EventText text = new EventText();

    /**
     * Makes one.
     *
     * @param command who speaks, such as {@code restream send}
     */
    public EventLog(String command, OutputOptions options, StatusLine err) {
        this(command, "", options, err);
    }

    private EventLog(String command, String label, OutputOptions options, StatusLine err) {
        this.command = command;
        this.label = label;
        this.options = options;
        this.err = err;
    }

    /** For one of several files: its lines name it. */
    public EventLog labelled(String file) {
        return new EventLog(command, file, options, err);
    }

    public boolean isJson() {
        return options.logFormat == OutputOptions.LogFormat.json;
    }

    /**
     * An event of a client.
     *
     * @param countdown whether the user sees on the screen what is tried next
     */
    public void event(ClientEvent event, boolean countdown) {
        if (isJson()) {
            notice(EventJson.of(event));
        } else {
            say(text.of(event, countdown));
        }
    }

    /** Nothing moves, since the server has not answered yet. */
    public void awaitsAnswer(ClientEvent.Connected connection, long bytesSent) {
        if (isJson()) {
            notice(EventJson.awaitsAnswer(connection, bytesSent));
        } else {
            say("connected to " + connection.server() + ", waiting for the answer");
        }
    }

    /** Something the user should know, that is no error. */
    public void notice(String line) {
        if (isJson()) {
            notice(message("notice", line));
        } else {
            say(line);
        }
    }

    /** A line that a command of {@code --exec} has said on its stderr, where that is not passed on as it is. */
    public void said(String line) {
        json(message("stderr", line));
    }

    /** What becomes of changed certificates. */
    public ReloadedTls.Listener tls() {
        return new ReloadedTls.Listener() {
            @Override
            public void renewed(String what) {
                notice("new certificates: " + what);
            }

            @Override
            public void refused(String why) {
                notice(why + "; the certificates read before stay in use");
            }
        };
    }

    /** A peer's header, which was asked for: one line of JSON. */
    public void header(Header header) {
        if (isJson()) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("event", "header");
            fields.put("header", header);
            json(fields);
        } else {
            // what Printable escapes stands inside of JSON strings, where the escape means the same
            err.println(Printable.of(header.toString()));
        }
    }

    /** The one line for a trouble that ends the exchange or the command. */
    public void error(int status, String line, @Nullable Throwable cause) {
        if (isJson()) {
            Map<String, @Nullable Object> fields = message("error", line);
            fields.put("exit", status);
            if (options.debug && cause != null) {
                fields.put("stackTrace", stackTrace(cause));
            }
            json(fields);
        } else {
            err.println(prefix() + Printable.of(line));
            if (options.debug && cause != null) {
                stackTrace(cause)
                        .lines()
                        .map(traced -> Printable.of(traced.replace("\t", "    ")))
                        .forEach(err::println);
            }
        }
    }

    private void notice(Map<String, @Nullable Object> fields) {
        if (!options.quiet) {
            json(fields);
        }
    }

    private void say(@Nullable String line) {
        if (line != null && !options.quiet) {
            err.println(prefix() + Printable.of(line));
        }
    }

    private String prefix() {
        return command + ": " + (label.isEmpty() ? "" : Printable.of(label) + ": ");
    }

    private static Map<String, @Nullable Object> message(String event, String line) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("event", event);
        fields.put("message", line);
        return fields;
    }

    private void json(Map<String, @Nullable Object> fields) {
        if (!label.isEmpty()) {
            fields.put("file", label);
        }
        err.println(Printable.of(Header.from(fields).toString()));
    }

    static String stackTrace(Throwable cause) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        return trace.toString().stripTrailing();
    }
}
