package org.restream.cli.listen;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.restream.RestreamServer;
import org.restream.ServerEvent;

/**
 * The entries of running exchanges, by their numbers. The end of an exchange of a session is reported on another thread
 * than its handler's.
 */
final class LogEntries {
    private final Map<Long, LogEntry> running = new ConcurrentHashMap<>();

    /** Begins an entry for each exchange, before its handler. */
    RestreamServer.Handler around(RestreamServer.Handler handler) {
        return (req, res) -> {
            // an exchange without a header gets no event with its number
            req.header();
            running.put(req.exchange(), LogEntry.begin());
            handler.handle(req, res);
        };
    }

    /** Finds the entry for an event. From now on it is {@link LogEntry#current} on the calling thread. */
    LogEntry of(ServerEvent event) {
        if (event instanceof ServerEvent.Accepted) {
            return LogEntry.begin();
        }
        LogEntry entry = null;
        if (event instanceof ServerEvent.Completed completed) {
            entry = running.remove(completed.exchange());
        } else if (event instanceof ServerEvent.Failed failed) {
            entry = running.remove(failed.exchange());
        }
        return entry == null ? LogEntry.current() : LogEntry.resume(entry);
    }
}
