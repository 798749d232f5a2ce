package org.restream.examples;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.restream.ClientOptions;
import org.restream.RestreamClient;
import org.restream.RestreamServer;

class FeedTest {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @Test
    void after_a_loss_it_goes_on_behind_the_last_line_it_saw() throws Exception {
        try (RestreamServer first = serveUpTo(2, "first");
                RestreamServer second = serveUpTo(4, "second");
                RestreamClient client = Feed.follow(
                        ClientOptions.defaults()
                                .servers(address(first), address(second))
                                .retryDelay(Duration.ofMillis(10)),
                        lines::add)) {
            assertThat(line()).isEqualTo("1 of the first");
            assertThat(line()).isEqualTo("2 of the first");

            first.close(Duration.ZERO);

            assertThat(line()).isEqualTo("3 of the second");
            assertThat(line()).isEqualTo("4 of the second");
            assertThat(client.completion()).isNotDone();

            client.close();

            assertThat(client.completion()).isCompleted();
            assertThat(lines).isEmpty();
            second.close(Duration.ZERO);
        }
    }

    private String line() throws InterruptedException {
        return lines.poll(30, SECONDS);
    }

    /** A server whose feed waits for ever after the last line. */
    private static RestreamServer serveUpTo(long last, String name) throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        return Feed.serve(0, number -> {
            if (number > last) {
                never.await();
            }
            return "of the " + name;
        });
    }

    private static String address(RestreamServer server) {
        return "127.0.0.1:" + server.address().getPort();
    }
}
