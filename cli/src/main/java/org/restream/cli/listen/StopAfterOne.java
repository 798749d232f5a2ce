package org.restream.cli.listen;

import java.time.Duration;
import java.util.function.Supplier;
import org.restream.Listener;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.cli.command.ExitStatus;

/**
 * {@code --once}: ends the command after the first completed exchange. A lost exchange does not count, because its
 * sender comes back; but if a part of its body has been printed, which can't be undone, it ends the command too.
 */
final class StopAfterOne implements Listener<ServerEvent> {
    private final Supplier<RestreamServer> server;
    private final ListenRun run;

    StopAfterOne(Supplier<RestreamServer> server, ListenRun run) {
        this.server = server;
        this.run = run;
    }

    @Override
    public void accept(ServerEvent event) {
        if (event instanceof ServerEvent.Completed) {
            end(ExitStatus.DONE);
        } else if (event instanceof ServerEvent.Failed && LogEntry.current().hasPrinted()) {
            end(ExitStatus.LOST);
        }
    }

    private void end(int status) {
        run.end(status, Duration.ZERO);
        // here, so that no other exchange can start in between
        server.get().close(Duration.ZERO);
    }
}
