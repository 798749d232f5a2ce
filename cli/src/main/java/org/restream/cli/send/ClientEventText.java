package org.restream.cli.send;

import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.ServerAddress;
import org.restream.cli.command.Causes;
import org.restream.cli.command.Durations;

/** A client's events as lines of text; only those that matter to a user. A failure's line also says what comes next. */
final class ClientEventText {
    private @Nullable String trouble;
    private boolean lost;
    private boolean told;

    /**
     * The line for an event, or null if it needs none; so with attempts to resume, of which the last one counts.
     *
     * @param countdown whether the screen shows what is tried next, so that only a loss needs a line
     */
    synchronized @Nullable String of(ClientEvent event, boolean countdown) {
        if (event instanceof ClientEvent.Away gone) {
            return "connection lost, resuming at " + gone.server() + ": " + Causes.line(gone.cause());
        } else if (event instanceof ClientEvent.Resumed resumed) {
            return "resumed at " + resumed.server() + " after " + Durations.text(resumed.away());
        } else if (event instanceof ClientEvent.FellBack plain) {
            return at(plain.server(), plain.cause()) + "; sent without a session";
        } else if (event instanceof ClientEvent.Failed failed) {
            trouble = at(failed.server(), failed.cause());
            lost = false;
        } else if (event instanceof ClientEvent.Lost loss) {
            trouble = at(loss.server(), loss.cause());
            lost = true;
        } else if (event instanceof ClientEvent.Waiting waiting) {
            return next(waiting.server() + " in " + Durations.text(waiting.delay()), countdown);
        } else if (event instanceof ClientEvent.Connecting connecting && trouble != null) {
            return next(connecting.server() + " now", countdown);
        } else if (event instanceof ClientEvent.Connected connected && told) {
            told = false;
            return "connected to " + connected.server() + " (attempt " + connected.attempt() + ")";
        }
        return null;
    }

    private static String at(ServerAddress server, Throwable cause) {
        String line = Causes.line(cause);
        return line.contains(server.toString()) ? line : server + ": " + line;
    }

    private @Nullable String next(String what, boolean countdown) {
        String cause = trouble;
        trouble = null;
        if (cause == null || (countdown && !lost)) {
            return null;
        }
        told = true;
        return cause + "; next attempt at " + what;
    }
}
