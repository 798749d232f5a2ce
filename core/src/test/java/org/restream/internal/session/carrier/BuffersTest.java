package org.restream.internal.session.carrier;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.RestreamSession;
import org.restream.ServerOptions;
import org.restream.SessionLimits;

/** However many connections there are, a process has only a few of the largest buffers, and all others still get one. */
class BuffersTest {
    private static final int LARGEST = 4 * Buffers.BYTES;

    private static List<ByteBuffer> take(int count, Supplier<ByteBuffer> from) {
        List<ByteBuffer> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(from.get());
        }
        return taken;
    }

    private static long count(List<ByteBuffer> all, int capacity) {
        return all.stream().filter(buffer -> buffer.capacity() == capacity).count();
    }

    @Test
    void the_largest_are_few_and_used_again() {
        Buffers.Largest some = new Buffers.Largest(LARGEST, 3);
        for (int i = 0; i < 3; i++) {
            List<ByteBuffer> all = take(20, some::take);
            assertThat(count(all, LARGEST)).isEqualTo(3);
            assertThat(count(all, Buffers.BYTES)).isEqualTo(17);
            for (ByteBuffer buffer : all) {
                assertThat(buffer.remaining()).as("all of it is free").isEqualTo(buffer.capacity());
                buffer.position(1);
                if (buffer.capacity() == LARGEST) {
                    some.give(buffer);
                }
            }
        }
    }

    @Test
    void a_writer_gets_a_smaller_buffer_where_all_of_the_largest_are_in_use() {
        List<ByteBuffer> taken = new ArrayList<>();
        try {
            // sessions of other tests may have some
            taken.addAll(take(Buffers.MOST_OF_LARGEST + 1, Buffers::takeToWrite));

            assertThat(taken)
                    .filteredOn(buffer -> buffer.capacity() == Buffers.WRITE_BYTES)
                    .hasSizeLessThanOrEqualTo(Buffers.MOST_OF_LARGEST);
            assertThat(taken.get(taken.size() - 1).capacity()).isEqualTo(Buffers.BYTES);
        } finally {
            taken.forEach(Buffers::give);
        }
    }

    @Test
    void a_buffer_that_was_given_back_is_taken_empty() {
        ByteBuffer used = Buffers.takeToWrite();
        Buffers.give(used.putInt(1).flip());

        ByteBuffer next = Buffers.takeToWrite();
        try {
            assertThat(next.position()).isZero();
            assertThat(next.limit()).isEqualTo(next.capacity());
        } finally {
            Buffers.give(next);
        }
    }

    /** How many are free at the moment, of those to read into. */
    private static long free() {
        List<ByteBuffer> all = take(Buffers.MOST_OF_LARGEST, Buffers::takeToRead);
        all.forEach(Buffers::give);
        return count(all, Buffers.READ_BYTES);
    }

    @Test
    void whoever_loses_its_connection_gives_them_back() throws Exception {
        long before = free();
        CompletableFuture<Void> end = new CompletableFuture<>();
        try (RestreamServer server = Restream.createServer(
                        ServerOptions.defaults().sessions(SessionLimits.defaults()), (req, res) -> {
                            res.header("read", req.readNBytes(1 << 20).length).flush();
                            end.get(30, SECONDS);
                        })
                .listen(0)) {
            ClientOptions options = ClientOptions.defaults()
                    .servers("127.0.0.1:" + server.address().getPort());
            for (int i = 0; i < 2 * Buffers.MOST_OF_LARGEST; i++) {
                RestreamSession session = Restream.createSession(options);
                CompletableFuture<Void> read = new CompletableFuture<>();
                CompletableFuture<?> unused = session.exchangeAsync((req, res) -> {
                    req.write(new byte[1 << 20]);
                    req.flush();
                    res.header();
                    read.complete(null);
                    return res.readAllBytes();
                });
                read.get(30, SECONDS);
                session.abort();
            }
            Awaitility.await().until(() -> free() >= before);
            end.complete(null);
        }
    }
}
