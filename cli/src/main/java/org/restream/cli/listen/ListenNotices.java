package org.restream.cli.listen;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.Listener;
import org.restream.ServerEvent;
import org.restream.cli.console.EventJson;
import org.restream.cli.console.EventLog;
import org.restream.cli.console.LogQueue;
import org.restream.cli.console.OutputOptions;
import org.restream.cli.tls.ReloadedTls;

/**
 * The log of {@code listen} on stderr: one line for each event, with the time, as text or JSON; with {@code -q} errors
 * only. Writing to it never waits for whoever reads it.
 */
final class ListenNotices implements Listener<ServerEvent>, AutoCloseable {
    private final LogQueue out;
    private final EventLog log;
    private final boolean quiet;
    private final @Nullable String host;
    private final LogEntries entries = new LogEntries();
    private volatile boolean silent;

    /**
     * @param host the {@code --host} option; null if it was not given
     */
    ListenNotices(PrintWriter err, OutputOptions output, @Nullable String host, InstantSource clock) {
        this.quiet = output.quiet;
        this.host = host;
        out = new LogQueue(err, this::droppedLine);
        log = new EventLog(output, new TimeStamp(clock), this::say);
    }

    /** The time, before each line and in each object. */
    private record TimeStamp(InstantSource clock) implements EventLog.Stamp {
        @Override
        public String prefix() {
            return clock.instant().truncatedTo(ChronoUnit.SECONDS) + " ";
        }

        @Override
        public Map<String, @Nullable Object> with(Map<String, @Nullable Object> fields) {
            Map<String, @Nullable Object> timed = new LinkedHashMap<>();
            timed.put("event", fields.get("event"));
            timed.put("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
            timed.putAll(fields);
            return timed;
        }
    }

    boolean isJson() {
        return log.isJson();
    }

    /** Where the log finds out about exchanges, in addition to their events. */
    LogEntries entries() {
        return entries;
    }

    @Override
    public void accept(ServerEvent event) {
        if (!EventJson.isLogged(event)) {
            return;
        }
        LogEntry entry = entries.of(event);
        if (quiet && !isError(event)) {
            return;
        }
        String at = event instanceof ServerEvent.Listening listening ? at(listening) : "";
        Map<String, @Nullable Object> fields = EventJson.of(event);
        entry.addTo(fields, event);
        if (!at.isEmpty()) {
            fields.put("address", at);
        }
        log.tell(ServerEventText.of(event, at, entry), fields);
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

    /** Metrics are served. */
    void metricsAt(String address) {
        log.notice("metrics at http://" + address + "/metrics", Header.of("event", "metrics", "address", address));
    }

    /** A request's header. */
    void header(Header header) {
        if (!quiet) {
            log.header(header);
        }
    }

    /** A part file of a killed process was removed at the start. */
    void removed(String file) {
        log.notice(
                "removed " + file + ", left by a command that was killed", Header.of("event", "removed", "file", file));
    }

    /** Warns that bodies are stored but no other machine can send one, which is rarely intended. */
    void onlyThisMachine(InetAddress address) {
        String text = "only this machine can send to " + address.getHostAddress()
                + "; --host 0.0.0.0 lets others send too, --host 127.0.0.1 turns this warning off";
        log.notice(text, EventLog.message("warning", text));
    }

    /** A line from the stderr of a command of {@code --exec}, if that stderr is not passed through. */
    void said(String line) {
        log.said(line);
    }

    /** Reports whether changed certificates are in use. */
    ReloadedTls.Listener tls() {
        return new ReloadedTls.Listener() {
            @Override
            public void renewed(String line) {
                String text = line + "; new connections use them, running exchanges keep the old ones";
                log.notice(text, EventLog.message("certificates", text));
            }

            @Override
            public void refused(String line) {
                warning(line);
            }
        };
    }

    /** A problem that is not an event of the server. */
    void warning(String text) {
        log.tell(text, EventLog.message("warning", text));
    }

    /** Writes nothing from now on. */
    void silence() {
        silent = true;
    }

    private String droppedLine(long lines) {
        String text = lines + " lines are missing here: their reader was too slow";
        return log.line(text, Header.of("event", "dropped", "lines", lines, "message", text));
    }

    private void say(String line) {
        if (!silent) {
            out.add(line);
        }
    }

    /** Returns when everything is written, or when the reader has stalled. */
    @Override
    public void close() {
        out.close();
    }
}
