package org.restream.cli.listen;

import org.jspecify.annotations.Nullable;
import org.restream.ServerEvent;
import org.restream.cli.command.Causes;
import org.restream.cli.command.Durations;
import org.restream.cli.console.EventJson;
import org.restream.cli.listen.store.OutputFolder;

/** A server's events as lines of text; only those that matter to a user. */
final class ServerEventText {
    private ServerEventText() {}

    /**
     * The line for an event, or null if it needs none.
     *
     * @param listeningAt where the server listens, with the host as the user gave it
     */
    static @Nullable String of(ServerEvent event, String listeningAt, LogEntry entry) {
        if (event instanceof ServerEvent.Listening) {
            return "listening at " + listeningAt;
        } else if (event instanceof ServerEvent.Completed e) {
            return EventJson.text(e.peer()) + ": " + done(e, entry) + ", in " + Durations.text(entry.taken());
        } else if (event instanceof ServerEvent.Failed e) {
            String fate = entry.fate() == null ? "" : "; " + entry.fate();
            return EventJson.text(e.peer()) + ": failed: " + Causes.line(e.cause()) + fate;
        } else if (event instanceof ServerEvent.Rejected e) {
            return EventJson.text(e.peer()) + ": rejected: " + Causes.line(e.cause());
        } else if (event instanceof ServerEvent.Away e) {
            return EventJson.text(e.peer()) + ": session " + e.session() + ": connection lost: "
                    + Causes.line(e.cause());
        } else if (event instanceof ServerEvent.Resumed e) {
            return EventJson.text(e.peer()) + ": session " + e.session() + ": resumed after "
                    + Durations.text(e.away());
        } else if (event instanceof ServerEvent.Fenced e) {
            return EventJson.text(e.peer()) + ": session " + e.session() + ": replaced by a newer connection";
        } else if (event instanceof ServerEvent.AcceptFailed e) {
            return "can't accept connections: " + Causes.line(e.cause());
        }
        return null;
    }

    private static String done(ServerEvent.Completed event, LogEntry entry) {
        OutputFolder.Stored stored = entry.stored();
        if (entry.refused() != null) {
            return "refused: " + entry.refused();
        }
        if (stored == null) {
            return "done, " + event.bytesReceived() + " bytes received, " + event.bytesSent() + " sent";
        }
        return (stored.duplicate() ? "stored before as " : "stored ") + stored.name() + ", "
                + stored.digest().size() + " bytes, sha256 " + stored.digest().sha256();
    }
}
