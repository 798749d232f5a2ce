package org.restream.cli;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.FileSystemException;
import java.util.concurrent.locks.ReentrantLock;
import org.restream.Header;
import org.restream.Listener;
import org.restream.ServerEvent;

/** What {@code listen} says on stderr, a line for each event: text for people, or JSON. Only errors where it is quiet. */
final class ListenNotices implements Listener<ServerEvent> {
    private final PrintWriter err;
    private final boolean quiet;
    private final boolean json;
    private final String fateOfCutBodies;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile boolean silent;

    /**
     * Makes one.
     *
     * @param fateOfCutBodies what becomes of a body that was cut, where that is worth a word
     */
    ListenNotices(PrintWriter err, OutputOptions output, String fateOfCutBodies) {
        this.err = err;
        this.quiet = output.quiet;
        this.json = output.logFormat == OutputOptions.LogFormat.json;
        this.fateOfCutBodies = fateOfCutBodies;
    }

    @Override
    public void accept(ServerEvent event) {
        if (event instanceof ServerEvent.Listening e) {
            notice("listening at " + text(e.address()), "event", "listening", "address", text(e.address()));
        } else if (event instanceof ServerEvent.Accepted e) {
            noticeInJson("event", "accepted", "peer", text(e.peer()));
        } else if (event instanceof ServerEvent.Completed e) {
            notice(
                    text(e.peer()) + ": done, " + e.bytesReceived() + " bytes received, " + e.bytesSent() + " sent",
                    "event",
                    "completed",
                    "peer",
                    text(e.peer()),
                    "bytesReceived",
                    e.bytesReceived(),
                    "bytesSent",
                    e.bytesSent());
        } else if (event instanceof ServerEvent.Failed e) {
            failed(e);
        } else if (event instanceof ServerEvent.Rejected e) {
            error(
                    text(e.peer()) + ": turned away: " + text(e.cause()),
                    "event",
                    "rejected",
                    "peer",
                    text(e.peer()),
                    "cause",
                    text(e.cause()));
        } else if (event instanceof ServerEvent.AcceptFailed e) {
            error("can't accept connections: " + text(e.cause()), "event", "acceptFailed", "cause", text(e.cause()));
        } else if (event instanceof ServerEvent.Closed) {
            noticeInJson("event", "closed");
        }
    }

    private void failed(ServerEvent.Failed e) {
        String fate = e.bytesReceived() > 0 ? fateOfCutBodies : "";
        error(
                text(e.peer()) + ": failed: " + text(e.cause()) + fate,
                "event",
                "failed",
                "peer",
                text(e.peer()),
                "bytesReceived",
                e.bytesReceived(),
                "bytesSent",
                e.bytesSent(),
                "cause",
                text(e.cause()));
    }

    /** A request's header. */
    void header(Header header) {
        notice(header.toString(), "event", "header", "header", header);
    }

    /** A leftover that was found at the start. */
    void removed(String file) {
        notice("removed " + file + ", left by a command that was killed", "event", "removed", "file", file);
    }

    /** Something that is not as it should be, and no event of the server. */
    void warning(String text) {
        error(text, "event", "warning", "message", text);
    }

    /** Says nothing from now on. */
    void silence() {
        silent = true;
    }

    private void notice(String text, Object... fields) {
        if (!quiet) {
            error(text, fields);
        }
    }

    private void noticeInJson(Object... fields) {
        if (json) {
            notice("", fields);
        }
    }

    private void error(String text, Object... fields) {
        if (silent) {
            return;
        }
        String line = Printable.of(json ? Header.of(fields).toString() : text);
        turn.lock();
        try {
            err.println(line);
            err.flush();
        } finally {
            turn.unlock();
        }
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress() == null
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private static String text(Throwable cause) {
        if (cause instanceof FileSystemException file && file.getReason() == null) {
            return file.getClass().getSimpleName() + ": " + file.getMessage();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
