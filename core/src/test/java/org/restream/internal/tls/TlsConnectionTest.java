package org.restream.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.ClientAuth;
import org.restream.internal.link.Link;

class TlsConnectionTest {
    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static void send(Link link, byte[] bytes) throws IOException {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        while (from.hasRemaining()) {
            link.write(from);
        }
        link.finish();
    }

    private static byte[] receive(Link link, int room) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        ByteBuffer into = ByteBuffer.allocate(room);
        while (link.read(into) >= 0) {
            received.write(into.array(), 0, into.position());
            into.clear();
        }
        return received.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, 16_383, 16_384, 16_385, 65_536, 65_537, 1_000_000})
    void what_is_written_is_read_whatever_its_size(int size) throws Exception {
        TlsPair pair = TlsPair.open();
        CompletableFuture<Void> sent = TlsPair.inBackground(() -> send(pair.client, random(size)));
        assertThat(receive(pair.server, 8_192)).isEqualTo(random(size));
        sent.get();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1_024, 16_384, 100_000})
    void what_is_written_is_read_whatever_the_room(int room) throws Exception {
        TlsPair pair = TlsPair.open();
        CompletableFuture<Void> sent = TlsPair.inBackground(() -> send(pair.server, random(50_000)));
        assertThat(receive(pair.client, room)).isEqualTo(random(50_000));
        sent.get();
    }

    @Test
    void both_directions_flow_at_the_same_time_through_a_narrow_pipe() throws Exception {
        TlsPair pair = TlsPair.open(1_000, TlsPair.CA.context(), ClientAuth.NONE);
        CompletableFuture<Void> up = TlsPair.inBackground(() -> send(pair.client, random(300_000)));
        CompletableFuture<Void> down = TlsPair.inBackground(() -> send(pair.server, random(400_000)));
        CompletableFuture<Void> atServer =
                TlsPair.inBackground(() -> assertThat(receive(pair.server, 999)).isEqualTo(random(300_000)));
        assertThat(receive(pair.client, 70_000)).isEqualTo(random(400_000));
        CompletableFuture.allOf(up, down, atServer).get();
    }

    @Test
    void one_direction_ends_and_the_other_goes_on() throws Exception {
        TlsPair pair = TlsPair.open();
        send(pair.client, random(10));
        assertThat(receive(pair.server, 100)).isEqualTo(random(10));
        send(pair.server, random(100_000));
        assertThat(receive(pair.client, 100)).isEqualTo(random(100_000));
        pair.client.close();
        pair.server.close();
        assertThat(pair.underClient.isAborted() || pair.underServer.isAborted()).isFalse();
    }

    @Test
    void the_end_is_said_again_to_who_asks_again() throws Exception {
        TlsPair pair = TlsPair.open();
        pair.client.finish();
        ByteBuffer into = ByteBuffer.allocate(10);
        assertThat(pair.server.read(into)).isEqualTo(-1);
        assertThat(pair.server.read(into)).isEqualTo(-1);
    }

    @Test
    void an_end_of_the_link_without_close_notify_is_no_end() throws Exception {
        TlsPair pair = TlsPair.open();
        ByteBuffer bytes = ByteBuffer.wrap(random(10));
        pair.client.write(bytes);
        pair.underClient.finish();
        ByteBuffer into = ByteBuffer.allocate(10);
        assertThat(pair.server.read(into)).isEqualTo(10);
        assertThatThrownBy(() -> pair.server.read(into.clear()))
                .isInstanceOf(IOException.class)
                .hasMessage("the TLS stream ended without close_notify: it was cut");
    }

    @Test
    void a_byte_that_was_changed_on_the_way_is_an_error() throws Exception {
        TlsPair pair = TlsPair.open();
        pair.underClient.write(ByteBuffer.wrap(
                new byte[] {23, 3, 3, 0, 20, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20}));
        assertThatThrownBy(() -> pair.server.read(ByteBuffer.allocate(10))).isInstanceOf(IOException.class);
    }

    @Test
    void who_moves_bytes_tells_the_watch() throws Exception {
        TlsPair pair = TlsPair.open();
        StringBuilder moves = new StringBuilder();
        pair.server.onMove(() -> moves.append('.'));
        pair.client.write(ByteBuffer.wrap(random(10)));
        pair.server.read(ByteBuffer.allocate(10));
        assertThat(moves).isNotEmpty();
    }

    @Test
    void an_abort_below_ends_a_read() throws Exception {
        TlsPair pair = TlsPair.open();
        CompletableFuture<Void> read = TlsPair.inBackground(() -> pair.server.read(ByteBuffer.allocate(1)));
        pair.underServer.awaitReader();
        pair.server.abort();
        assertThatThrownBy(read::get).hasRootCauseInstanceOf(IOException.class);
        assertThat(pair.underServer.isAborted()).isTrue();
    }
}
