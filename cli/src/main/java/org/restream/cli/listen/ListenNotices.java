package org.restream.cli.listen;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.Listener;
import org.restream.ServerEvent;
import org.restream.cli.command.Printable;
import org.restream.cli.console.EventJson;
import org.restream.cli.console.LogQueue;
import org.restream.cli.console.OutputOptions;
import org.restream.cli.tls.ReloadedTls;

/**
 * What {@code listen} says on stderr, a line for each event, with the time: text for people, or JSON. Only errors where it is
 * quiet. Who has something to say never waits for who reads it.
 */
final class ListenNotices implements Listener<ServerEvent>, AutoCloseable {
    private final LogQueue out;
    private final boolean quiet;
    private final boolean json;
    private final @Nullable String host;
    private final InstantSource clock;
    private volatile boolean silent;

    /**
     * Makes one.
     *
     * @param host where it listens, as the user has said it; null where he has not
     */
    ListenNotices(PrintWriter err, OutputOptions output, @Nullable String host, InstantSource clock) {
        this.quiet = output.quiet;
        this.json = output.logFormat == OutputOptions.LogFormat.json;
        this.host = host;
        this.clock = clock;
        out = new LogQueue(err, this::droppedLine);
    }

    boolean isJson() {
        return json;
    }

    @Override
    public void accept(ServerEvent event) {
        LogEntry entry = event instanceof ServerEvent.Accepted ? LogEntry.begin() : LogEntry.current();
        if (quiet && !isError(event)) {
            return;
        }
        String at = event instanceof ServerEvent.Listening listening ? at(listening) : "";
        Map<String, @Nullable Object> fields = EventJson.of(event);
        entry.addTo(fields, event);
        if (!at.isEmpty()) {
            fields.put("address", at);
        }
        tell(ServerEventText.of(event, at, entry), fields);
    }

    private static boolean isError(ServerEvent event) {
        return event instanceof ServerEvent.Failed
                || event instanceof ServerEvent.Rejected
                || event instanceof ServerEvent.AcceptFailed;
    }

    private String at(ServerEvent.Listening event) {
        String address = EventJson.text(event.address());
        if (host == null) {
            return address;
        }
        return (host.indexOf(':') < 0 ? host : '[' + host + ']') + address.substring(address.lastIndexOf(':'));
    }

    /** A request's header. */
    void header(Header header) {
        if (quiet) {
            return;
        }
        if (json) {
            tell(null, Header.of("event", "header", "header", header));
        } else {
            // as it is: for programs too
            say(header.toString());
        }
    }

    /** A leftover that was found at the start. */
    void removed(String file) {
        notice("removed " + file + ", left by a command that was killed", Header.of("event", "removed", "file", file));
    }

    /** Bodies are to be stored, and no other machine can send one: few mean that. */
    void onlyThisMachine(InetAddress address) {
        String text = "only this machine can send to " + address.getHostAddress()
                + "; --host 0.0.0.0 lets others, --host 127.0.0.1 says that it is meant";
        notice(text, Header.of("event", "warning", "message", text));
    }

    /** A line that a command of {@code --exec} has said on its stderr, where that is not passed on as it is. */
    void said(String line) {
        tell(line, Header.of("event", "stderr", "message", line));
    }

    /** What becomes of changed certificates. */
    ReloadedTls.Listener tls() {
        return new ReloadedTls.Listener() {
            @Override
            public void renewed(String what) {
                String text = "new certificates: " + what + "; new connections use them, the others keep the old";
                notice(text, Header.of("event", "certificates", "message", text));
            }

            @Override
            public void refused(String why) {
                warning(why + "; the certificates read before stay in use");
            }
        };
    }

    private void notice(String text, Header fields) {
        if (!quiet) {
            tell(text, fields);
        }
    }

    /** Something that is not as it should be, and no event of the server. */
    void warning(String text) {
        tell(text, Header.of("event", "warning", "message", text));
    }

    /** Says nothing from now on. */
    void silence() {
        silent = true;
    }

    private void tell(@Nullable String text, Map<String, @Nullable Object> fields) {
        if (json) {
            say(jsonLine(fields));
        } else if (text != null) {
            say(textLine(text));
        }
    }

    private String textLine(String text) {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS) + " " + text;
    }

    private String jsonLine(Map<String, @Nullable Object> fields) {
        Map<String, @Nullable Object> timed = new LinkedHashMap<>();
        timed.put("event", fields.get("event"));
        Instant now = clock.instant();
        timed.put("time", now.truncatedTo(ChronoUnit.MILLIS).toString());
        timed.putAll(fields);
        return Header.from(timed).toString();
    }

    private String droppedLine(long lines) {
        String text = lines + " lines are missing here: who reads them was too slow";
        return json ? jsonLine(Header.of("event", "dropped", "lines", lines, "message", text)) : textLine(text);
    }

    private void say(String line) {
        if (!silent) {
            out.add(Printable.of(line));
        }
    }

    /** Returns when all is said, or nobody listens. */
    @Override
    public void close() {
        out.close();
    }
}
