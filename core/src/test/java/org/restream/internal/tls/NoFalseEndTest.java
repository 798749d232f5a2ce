package org.restream.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.restream.ClientAuth;
import org.restream.internal.link.Connection;
import org.restream.testing.PipeLink;
import org.restream.testing.RawTls;

/**
 * Only {@link Connection#finish} sends close_notify. The JDK's engine also sends one by itself after the peer's
 * user_canceled and close_notify (RFC 8446, section 6.1), which would make half a message look whole.
 */
class NoFalseEndTest {
    private static final int CAPACITY = 200_000;

    private PipeLink underServer;
    private Connection server;
    private RawTls peer;

    @BeforeEach
    void open() throws Exception {
        List<PipeLink> ends = PipeLink.pair(CAPACITY);
        underServer = ends.get(0);
        server = Tls.server(underServer, () -> TlsPair.SERVER, ClientAuth.NONE);
        CompletableFuture<Void> opened = TlsPair.inBackground(server::open);
        peer = RawTls.over(ends.get(1));
        opened.get();
    }

    /** What the peer receives until we close the connection. */
    private CompletableFuture<RawTls.End> heard() {
        CompletableFuture<RawTls.End> heard = new CompletableFuture<>();
        CompletableFuture<Void> unused = TlsPair.inBackground(() -> {
            try {
                RawTls.End end = null;
                while (end == null) {
                    end = peer.hear();
                }
                heard.complete(end);
            } catch (Exception e) {
                heard.completeExceptionally(e);
            }
        });
        return heard;
    }

    @Test
    void a_peer_that_cancels_while_a_write_waits_gets_none() throws Exception {
        CompletableFuture<Throwable> written = new CompletableFuture<>();
        CompletableFuture<Void> unused = TlsPair.inBackground(() -> written.complete(catchThrowable(() -> {
            while (true) {
                server.write(ByteBuffer.allocate(50_000));
            }
        })));
        underServer.awaitBlockedWriter();
        peer.alert(RawTls.USER_CANCELED).alert(RawTls.CLOSE_NOTIFY);
        assertThat(server.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        CompletableFuture<RawTls.End> heard = heard();
        assertThat(written.get()).isInstanceOf(IOException.class).hasMessageContaining("cancelled");
        server.abort();
        assertThat(heard.get()).isEqualTo(RawTls.End.CUT);
    }

    @Test
    void a_peer_that_cancels_between_two_writes_gets_none() throws Exception {
        server.write(ByteBuffer.allocate(1_000));
        peer.alert(RawTls.USER_CANCELED).alert(RawTls.CLOSE_NOTIFY);
        assertThatThrownBy(() -> server.read(ByteBuffer.allocate(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cancelled");
        CompletableFuture<RawTls.End> heard = heard();
        server.abort();
        assertThat(heard.get()).isEqualTo(RawTls.End.CUT);
    }

    /** The two tests above could detect a false end. */
    @Test
    void a_peer_that_ends_gets_ours_when_we_end() throws Exception {
        peer.alert(RawTls.CLOSE_NOTIFY);
        assertThat(server.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        server.write(ByteBuffer.allocate(1_000));
        server.finish();
        assertThat(heard().get()).isEqualTo(RawTls.End.CLOSE_NOTIFY);
        assertThat(peer.received()).isEqualTo(1_000);
    }
}
