package org.restream.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.Outgoing;
import org.restream.internal.concurrent.Threads;

/**
 * Much data in both directions at once, over connections with small buffers: nobody waits for ever, and every byte
 * arrives.
 */
class FullDuplexTest extends EachWire {
    private static final int TOTAL = 3 << 20;

    /** Writes random bytes, in pieces of random sizes; returns their checksum. */
    private static long writeMuch(Outgoing out, long seed, int largest) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        CRC32 sum = new CRC32();
        for (int left = TOTAL; left > 0; ) {
            byte[] piece = new byte[Math.min(left, 1 + random.nextInt(largest))];
            random.nextBytes(piece);
            sum.update(piece);
            out.write(piece);
            left -= piece.length;
        }
        return sum.getValue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 50_000})
    void event_style_the_handler_writes_while_listeners_read_the_echo(int largest) throws Exception {
        Wire.Ends ends = wire.ends(5_000);
        CompletableFuture<Long> written = new CompletableFuture<>();
        CRC32 read = new CRC32();
        try (Trial server = server(ends, (req, res) -> req.onData(res::write).onEnd(res::end));
                Trial client = client(ends, (in, out) -> {
                    in.onData(read::update);
                    written.complete(writeMuch(out, largest, largest));
                    out.end();
                })) {
            client.startSecond();

            Outcome outcome = client.outcome();
            assertThat(outcome.cause()).isNull();
            assertThat(outcome.reason()).isNull();
            assertThat(outcome.bytesReceived()).isEqualTo(TOTAL);
            assertThat(outcome.bytesSent()).isEqualTo(TOTAL);
            assertThat(read.getValue()).isEqualTo(written.join());
            assertThat(server.outcome().reason()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 1_000, 50_000})
    void stream_style_one_thread_writes_and_one_reads_the_echo(int largest) throws Exception {
        Wire.Ends ends = wire.ends(5_000);
        CRC32 read = new CRC32();
        CompletableFuture<Long> written = new CompletableFuture<>();
        try (Trial server = server(ends, (req, res) -> req.transferTo(res));
                Trial client = client(ends, (in, out) -> {
                    out.header("seed", largest);
                    Thread writer = Threads.start("writer", () -> {
                        try {
                            written.complete(writeMuch(out, largest, largest));
                            out.end();
                        } catch (IOException e) {
                            written.completeExceptionally(e);
                        }
                    });
                    byte[] piece = new byte[3_000];
                    for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                        read.update(piece, 0, count);
                    }
                    writer.join();
                })) {
            Outcome outcome = client.outcome();
            assertThat(outcome.cause()).isNull();
            assertThat(outcome.bytesReceived()).isEqualTo(TOTAL);
            assertThat(read.getValue()).isEqualTo(Trial.get(written));
            assertThat(server.outcome().reason()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 50_000})
    void two_that_write_before_they_read_and_drop_what_they_hear(int largest) throws Exception {
        Wire.Ends ends = wire.ends(5_000);
        Trial.Handler talker = (in, out) -> {
            in.onEnd(() -> {});
            in.onData(data -> {});
            writeMuch(out, 1, largest);
            out.end();
        };
        try (Trial one = client(ends, talker);
                Trial other = server(ends, talker)) {
            // wait for both before either side reads, because one may finish before its second thread is due
            one.timer.awaitScheduled(Trial.SECOND_THREAD);
            other.timer.awaitScheduled(Trial.SECOND_THREAD);
            one.startSecond();
            other.timer.advance(Trial.SECOND_THREAD);

            assertThat(one.outcome().cause()).isNull();
            assertThat(other.outcome().cause()).isNull();
            assertThat(one.outcome().bytesReceived()).isEqualTo(TOTAL);
            assertThat(other.outcome().bytesReceived()).isEqualTo(TOTAL);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000})
    void what_the_handler_left_in_the_buffer_is_sent_while_what_nobody_reads_is_dropped(int size) throws Exception {
        notInSessions("there each side holds so much without a wait");
        Wire.Ends ends = wire.ends(100);
        Trial.Handler brief = (in, out) -> out.write(new byte[size]);
        try (Trial one = client(ends, brief);
                Trial other = server(ends, brief)) {
            one.startSecond();

            assertThat(one.outcome().cause()).isNull();
            assertThat(other.outcome().cause()).isNull();
            assertThat(one.outcome().bytesReceived()).isEqualTo(size);
        }
    }
}
