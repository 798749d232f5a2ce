package org.restream.cli.send;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.Header;
import org.restream.cli.console.EventJson;
import org.restream.cli.console.EventLog;
import org.restream.cli.console.OutputOptions;
import org.restream.cli.console.StatusLine;
import org.restream.cli.tls.ReloadedTls;
import org.restream.files.UploadEvent;

/** The log of {@code send}: as text, what matters to a waiting user; as JSON, every event. */
final class SendNotices {
    /**
     * The beginning of each line: the command, and the file it is about.
     *
     * @param command such as {@code restream send}
     * @param label the file; empty if it is the only one
     */
    private record Subject(String command, String label) implements EventLog.Stamp {
        @Override
        public String prefix() {
            return command + ": " + (label.isEmpty() ? "" : label + ": ");
        }

        @Override
        public Map<String, @Nullable Object> with(Map<String, @Nullable Object> fields) {
            if (label.isEmpty()) {
                return fields;
            }
            Map<String, @Nullable Object> named = new LinkedHashMap<>(fields);
            named.put("file", label);
            return named;
        }
    }

    private final String command;
    private final OutputOptions options;
    private final StatusLine err;
    private final EventLog log;
    private final ClientEventText text = new ClientEventText();

    /**
     * @param command the beginning of each line, such as {@code restream send}
     */
    SendNotices(String command, OutputOptions options, StatusLine err) {
        this(command, "", options, err);
    }

    private SendNotices(String command, String label, OutputOptions options, StatusLine err) {
        this.command = command;
        this.options = options;
        this.err = err;
        log = new EventLog(options, new Subject(command, label), err::println);
    }

    /** A log for one of several files, whose lines name it. */
    SendNotices labelled(String file) {
        return new SendNotices(command, file, options, err);
    }

    boolean isJson() {
        return log.isJson();
    }

    /**
     * Writes an event of a client.
     *
     * @param countdown whether the screen shows what is tried next
     */
    void event(ClientEvent event, boolean countdown) {
        if (EventJson.isLogged(event)) {
            log.notice(log.isJson() ? null : text.of(event, countdown), EventJson.of(event));
        }
    }

    /** Reports that nothing moves because the server has not answered yet. */
    void awaitsAnswer(ClientEvent.Connected connection, long bytesSent) {
        log.notice(
                "connected to " + connection.server() + ", waiting for the answer",
                EventJson.awaitsAnswer(connection, bytesSent));
    }

    /** Something about an upload. */
    void upload(UploadEvent event) {
        Map<String, @Nullable Object> fields = UploadText.fields(event);
        if (fields != null) {
            log.notice(UploadText.of(event), fields);
        }
    }

    /** Something that the user should know and that is not an error. */
    void notice(String line) {
        log.notice(line, EventLog.message("notice", line));
    }

    /** A line from the stderr of the command of {@code --exec}, if that stderr is not passed through. */
    void said(String line) {
        log.said(line);
    }

    /** Reports whether changed certificates are in use. */
    ReloadedTls.Listener tls() {
        return new ReloadedTls.Listener() {
            @Override
            public void renewed(String line) {
                notice(line);
            }

            @Override
            public void refused(String line) {
                notice(line);
            }
        };
    }

    /** The answer's header, for {@code --show-header}. */
    void header(Header header) {
        log.header(header);
    }

    /** The one line for an error that ends the exchange or the command. */
    void error(int status, String line, @Nullable Throwable cause) {
        log.error(status, line, cause);
    }
}
