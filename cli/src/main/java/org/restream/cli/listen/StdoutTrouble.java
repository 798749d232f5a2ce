package org.restream.cli.listen;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.console.Stdout;

/** Ends the command when stdout has failed; without a message if only its reader has gone. */
final class StdoutTrouble implements Consumer<IOException> {
    private final ListenNotices notices;
    private final ListenRun run;

    StdoutTrouble(ListenNotices notices, ListenRun run) {
        this.notices = notices;
        this.run = run;
    }

    @Override
    public void accept(IOException e) {
        if (Stdout.readerGone(e)) {
            notices.silence();
            run.end(ExitStatus.CLOSED_OUTPUT, Duration.ZERO);
        } else {
            notices.warning("can't write to stdout: " + e.getMessage());
            notices.silence();
            run.end(ExitStatus.LOCAL, Duration.ZERO);
        }
    }
}
