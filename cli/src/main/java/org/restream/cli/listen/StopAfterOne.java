package org.restream.cli.listen;

import java.time.Duration;
import java.util.function.Supplier;
import org.restream.Listener;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.cli.command.ExitStatus;

/**
 * {@code --once}: ends with the first exchange that has completed. A lost one does not count, since its sender comes back;
 * but where part of its body has been printed, which can't be taken back, it is the end too.
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
        // here, so that there is no other exchange between this one and the end
        server.get().close(Duration.ZERO);
    }
}
