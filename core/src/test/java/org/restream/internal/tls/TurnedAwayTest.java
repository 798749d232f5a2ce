package org.restream.internal.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.restream.ClientAuth;
import org.restream.internal.link.Connection;
import org.restream.internal.net.ConnectionCare;
import org.restream.internal.net.ListeningSocket;
import org.restream.testing.ManualTimer;
import org.restream.testing.PipeLink;

/** A peer whose handshake fails can read why, also one that still sends: it is reset only after that. */
class TurnedAwayTest {
    /** How long what it sends is dropped. */
    private static final Duration DROP_TIME = Duration.ofSeconds(1);

    private static final byte[] ALERT = {0x15, 3, 3, 0, 2, 2, 10};
    private static final byte[] PLAIN = "GET / HTTP/1.1\r\n".getBytes(US_ASCII);

    private final ManualTimer timer = new ManualTimer();

    private CompletableFuture<Void> opening(Connection under) {
        return opening(under, TlsPair.SERVER);
    }

    private CompletableFuture<Void> opening(Connection under, SSLContext context) {
        Connection server = Tls.server(under, () -> context, ClientAuth.NONE);
        return TlsPair.inBackground(() -> ConnectionCare.open(server, Duration.ZERO, "headerTimeout", timer));
    }

    private static void assertNotTls(CompletableFuture<Void> opened) {
        assertThatThrownBy(() -> opened.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .hasMessageContaining("the client does not speak TLS");
    }

    @Test
    void a_client_that_sends_in_pieces_reads_the_alert_and_meets_no_reset() throws Exception {
        ListeningSocket listening = ListeningSocket.open("127.0.0.1", 0);
        try (Socket client =
                new Socket(InetAddress.getLoopbackAddress(), listening.address().getPort())) {
            client.setSoTimeout(30_000);
            listening.await();
            CompletableFuture<Void> opened = opening(listening.accept());
            client.getOutputStream().write(PLAIN[0]);
            timer.awaitScheduled(DROP_TIME);
            for (int i = 0; i < 1_000; i++) {
                client.getOutputStream().write(PLAIN);
            }
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(ALERT);
            assertThat(opened).isNotDone();
            client.shutdownOutput();
            assertNotTls(opened);
        } finally {
            listening.close();
        }
    }

    @Test
    void one_that_never_ends_is_reset_after_a_time() throws Exception {
        List<PipeLink> ends = PipeLink.pair(1 << 20);
        CompletableFuture<Void> opened = opening(ends.get(1));
        ends.get(0).write(ByteBuffer.wrap(PLAIN));
        timer.awaitScheduled(DROP_TIME);
        assertThat(ends.get(1).isAborted()).isFalse();

        timer.advance(DROP_TIME);

        assertNotTls(opened);
        assertThat(ends.get(1).isAborted()).isTrue();
        assertThat(timer.pending()).isZero();
    }

    @Test
    void one_that_sends_without_end_is_reset_before_that() throws Exception {
        List<PipeLink> ends = PipeLink.pair(1_000);
        CompletableFuture<Void> opened = opening(ends.get(1));
        assertThatThrownBy(() -> {
                    while (true) {
                        ends.get(0).write(ByteBuffer.wrap(PLAIN));
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessage("Connection reset");
        assertNotTls(opened);
        assertThat(ends.get(0).writes().stream().mapToLong(count -> count).sum())
                .isBetween(1L << 20, (1L << 20) + 20_000);
        assertThat(timer.pending()).isZero();
    }

    @Test
    void one_that_is_told_nothing_is_not_waited_for() throws Exception {
        List<PipeLink> ends = PipeLink.pair(1 << 20);
        CompletableFuture<Void> opened = opening(ends.get(1), SSLContext.getInstance("TLS"));
        assertThatThrownBy(() -> opened.get(30, TimeUnit.SECONDS))
                .cause()
                .hasMessageContaining("the SSLContext or its source threw");
        assertThat(ends.get(1).isAborted()).isTrue();
        assertThat(timer.pending()).isZero();
    }
}
