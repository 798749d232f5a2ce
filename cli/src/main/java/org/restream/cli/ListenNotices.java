package org.restream.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.Listener;
import org.restream.ServerEvent;
import org.restream.cli.tls.ReloadedTls;

/** What {@code listen} says on stderr, a line for each event: text for people, or JSON. Only errors where it is quiet. */
final class ListenNotices implements Listener<ServerEvent> {
    private final PrintWriter err;
    private final boolean quiet;
    private final boolean json;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile boolean silent;

    ListenNotices(PrintWriter err, OutputOptions output) {
        this.err = err;
        this.quiet = output.quiet;
        this.json = output.logFormat == OutputOptions.LogFormat.json;
    }

    @Override
    public void accept(ServerEvent event) {
        if (event instanceof ServerEvent.Accepted) {
            LogEntry.begin();
        }
        if (!quiet || isError(event)) {
            say(text(event), EventJson.of(event));
        }
    }

    private static boolean isError(ServerEvent event) {
        return event instanceof ServerEvent.Failed
                || event instanceof ServerEvent.Rejected
                || event instanceof ServerEvent.AcceptFailed;
    }

    /** The line for people, or null where an event is not worth one. */
    private @Nullable String text(ServerEvent event) {
        if (event instanceof ServerEvent.Listening e) {
            return "listening at " + EventJson.text(e.address());
        } else if (event instanceof ServerEvent.Completed e) {
            return EventJson.text(e.peer()) + ": done, " + e.bytesReceived() + " bytes received, " + e.bytesSent()
                    + " sent";
        } else if (event instanceof ServerEvent.Failed e) {
            String fate = LogEntry.current().fate();
            return EventJson.text(e.peer()) + ": failed: " + Causes.line(e.cause()) + (fate == null ? "" : "; " + fate);
        } else if (event instanceof ServerEvent.Rejected e) {
            return EventJson.text(e.peer()) + ": turned away: " + Causes.line(e.cause());
        } else if (event instanceof ServerEvent.AcceptFailed e) {
            return "can't accept connections: " + Causes.line(e.cause());
        }
        return null;
    }

    /** A request's header. */
    void header(Header header) {
        if (!quiet) {
            say(header.toString(), Header.of("event", "header", "header", header));
        }
    }

    /** A leftover that was found at the start. */
    void removed(String file) {
        if (!quiet) {
            say("removed " + file + ", left by a command that was killed", Header.of("event", "removed", "file", file));
        }
    }

    /** What becomes of changed certificates. */
    ReloadedTls.Listener tls() {
        return new ReloadedTls.Listener() {
            @Override
            public void renewed(String what) {
                if (!quiet) {
                    String text = "new certificates: " + what + "; new connections use them, the others keep the old";
                    say(text, Header.of("event", "certificates", "message", text));
                }
            }

            @Override
            public void refused(String why) {
                warning(why + "; the certificates read before stay in use");
            }
        };
    }

    /** Something that is not as it should be, and no event of the server. */
    void warning(String text) {
        say(text, Header.of("event", "warning", "message", text));
    }

    /** Says nothing from now on. */
    void silence() {
        silent = true;
    }

    private void say(@Nullable String text, Map<String, @Nullable Object> fields) {
        String line = json ? Header.from(fields).toString() : text;
        if (line == null || silent) {
            return;
        }
        turn.lock();
        try {
            err.println(Printable.of(line));
            err.flush();
        } finally {
            turn.unlock();
        }
    }
}
