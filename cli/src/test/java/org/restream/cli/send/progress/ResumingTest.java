package org.restream.cli.send.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.restream.ClientEvent;
import org.restream.ServerAddress;
import org.restream.cli.send.body.Body;
import org.restream.cli.send.body.BodyReader;

/** What the bar shows while an exchange of a session has no connection. */
class ResumingTest {
    private static final ServerAddress A = ServerAddress.parse("a");

    private final Progress progress = new Progress();
    private final Progress.Part part = progress.part(new Empty());

    private static final class Empty implements Body {
        @Override
        public long size() {
            return 0;
        }

        @Override
        public BodyReader reader() {
            throw new AssertionError("nobody reads it");
        }

        @Override
        public boolean canBeSentAgain() {
            return true;
        }

        @Override
        public void close() {}
    }

    private String line() {
        return new ProgressLine(false).text(progress.look(), 0, -1, 100);
    }

    @Test
    void it_says_so_until_the_exchange_goes_on() {
        part.event(new ClientEvent.Connected(A, 1));
        assertThat(line()).contains("100%");

        part.event(new ClientEvent.Away(A, "abcd", new IOException("reset")));
        assertThat(line()).isEqualTo("connecting to a:9967: connection lost, resuming: reset");

        part.event(new ClientEvent.ResumeFailed(A, "abcd", 2, new IOException("refused")));
        assertThat(line()).isEqualTo("connecting to a:9967: connection lost, resuming: refused");

        part.event(new ClientEvent.Resumed(A, "abcd", 3, Duration.ofSeconds(1)));
        assertThat(line()).contains("100%");
    }
}
