package org.restream.internal.session.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the sizes and the order of calls are, the same bytes come out that went in. */
class BlocksTest {
    private static final int STEPS = 500;
    private static final int MOST = 3 * Block.MAX_BYTES;

    private static int size(Random random) {
        return random.nextBoolean() ? random.nextInt(200) : random.nextInt(MOST);
    }

    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void what_was_written_can_be_sent_from_any_offset_that_is_kept(long seed) {
        Random random = new Random(seed);
        SendBuffer buffer = new SendBuffer();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int kept = 0;
        for (int i = 0; i < STEPS; i++) {
            switch (random.nextInt(4)) {
                case 0 -> write(random, buffer, all, false);
                case 1 -> write(random, buffer, all, true);
                case 2 -> {
                    int from = kept + random.nextInt(all.size() - kept + 1);
                    int count = random.nextInt(Math.min(all.size() - from, MOST) + 1);
                    ByteBuffer out = ByteBuffer.allocate(count);
                    buffer.read(from, count, (block, begin, length) -> out.put(block.bytes, begin, length));
                    assertThat(out.array()).isEqualTo(Arrays.copyOfRange(all.toByteArray(), from, from + count));
                }
                default -> {
                    kept += random.nextInt(Math.min(all.size() - kept, MOST) + 1);
                    buffer.release(kept);
                }
            }
        }
        assertThat(buffer.crc()).isEqualTo(crc(all.toByteArray()));
    }

    private static void write(Random random, SendBuffer buffer, ByteArrayOutputStream all, boolean copied) {
        byte[] more = bytes(random, size(random) + 1);
        ByteBuffer from = ByteBuffer.wrap(more);
        // what is behind them is not taken
        int count = more.length - random.nextInt(Math.min(more.length, 10));
        if (copied) {
            buffer.link(buffer.copied(from, count));
        } else {
            buffer.append(from, count);
        }
        assertThat(from.position()).isEqualTo(count);
        assertThat(from.limit()).isEqualTo(more.length);
        all.write(more, 0, count);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void what_has_come_is_read_once_and_in_order(long seed) {
        Random random = new Random(seed);
        ReceiveBuffer buffer = new ReceiveBuffer();
        ByteArrayOutputStream came = new ByteArrayOutputStream();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        @Nullable ByteBuffer waiting = null;
        for (int i = 0; i < STEPS; i++) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    byte[] more = bytes(random, size(random));
                    buffer.append(ByteBuffer.wrap(more));
                    came.writeBytes(more);
                }
                case 1 -> {
                    take(buffer, read, waiting == null ? ByteBuffer.allocate(size(random) + 1) : waiting);
                    waiting = buffer.isEmpty() ? ByteBuffer.allocate(size(random) + 1) : null;
                    if (waiting != null) {
                        buffer.await(waiting);
                    }
                }
                case 2 -> {
                    if (waiting != null) {
                        take(buffer, read, waiting);
                        waiting = null;
                    }
                }
                default -> {
                    ByteBuffer given = waiting == null ? buffer.poll() : null;
                    if (given != null) {
                        read(given, read);
                    }
                }
            }
        }
        take(buffer, read, waiting == null ? ByteBuffer.allocate(1) : waiting);
        while (!buffer.isEmpty()) {
            take(buffer, read, ByteBuffer.allocate(MOST));
        }
        assertThat(read.toByteArray()).isEqualTo(came.toByteArray());
        assertThat(buffer.crc()).isEqualTo(crc(came.toByteArray()));
    }

    private static void read(ByteBuffer from, ByteArrayOutputStream read) {
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        read.writeBytes(bytes);
    }

    private static void take(ReceiveBuffer buffer, ByteArrayOutputStream read, ByteBuffer into) {
        int count = buffer.take(into);
        buffer.copyTaken(into);
        assertThat(into.position()).isEqualTo(count);
        read(into.flip(), read);
    }
}
