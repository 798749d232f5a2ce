package org.restream.reliability;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.restream.internal.concurrent.Threads;

/** Many raw connections at once that all do the same. */
final class Crowd implements AutoCloseable {
    private static final int SMALL_WINDOW = 4096;

    private final List<SocketChannel> channels = new ArrayList<>();
    private final long madeNanos = System.nanoTime();

    private Crowd() {}

    /** Connects them. Skips the test if a process may not have that many descriptors. */
    static Crowd of(int size, InetSocketAddress server) throws IOException {
        return of(size, server, InetAddress.getLoopbackAddress());
    }

    static Crowd of(int size, InetSocketAddress server, InetAddress from) throws IOException {
        assumeTrue(
                descriptors() > size + 1_000L,
                () -> "a process may have " + descriptors() + " descriptors, too few for " + size + " connections");
        Crowd crowd = new Crowd();
        try {
            for (int i = 0; i < size; i++) {
                SocketChannel channel = SocketChannel.open();
                crowd.channels.add(channel);
                channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_WINDOW);
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                channel.bind(new InetSocketAddress(from, 0)).connect(server);
            }
        } catch (IOException | RuntimeException e) {
            crowd.close();
            throw e;
        }
        return crowd;
    }

    private static long descriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount()
                : 0;
    }

    int size() {
        return channels.size();
    }

    /** Sends this on each connection that has not been cut. */
    void say(byte[] bytes) {
        for (SocketChannel channel : channels) {
            try {
                channel.write(ByteBuffer.wrap(bytes));
            } catch (IOException e) {
                // awaitCut sees it
            }
        }
    }

    /** Sends one byte after the other on each connection, until it is closed. */
    AutoCloseable drip(byte[] bytes, Duration pause) {
        AtomicBoolean ended = new AtomicBoolean();
        Thread thread = new Thread(
                () -> {
                    for (int i = 0; !ended.get(); i++) {
                        say(new byte[] {bytes[i % bytes.length]});
                        LockSupport.parkNanos(pause.toNanos());
                    }
                },
                "drip");
        thread.start();
        // not by an interrupt, which would close a channel
        return () -> {
            ended.set(true);
            thread.join();
        };
    }

    /**
     * How the connections of a crowd ended.
     *
     * @param resets how many were reset
     * @param ends how many seem to have ended cleanly, or had got the reset in a write, since it is reported only once
     * @param age the age of the crowd when the last one was cut
     */
    record Cut(int resets, int ends, Duration age) {
        int all() {
            return resets + ends;
        }
    }

    /** Waits until this many have been cut, or until the time is over. */
    Cut awaitCut(int count, Duration most) throws IOException {
        long deadline = System.nanoTime() + most.toNanos();
        int resets = 0;
        int ends = 0;
        try (Selector selector = Selector.open()) {
            for (SocketChannel channel : channels) {
                if (channel.isOpen()) {
                    channel.configureBlocking(false);
                    channel.register(selector, SelectionKey.OP_READ);
                }
            }
            while (resets + ends < count && System.nanoTime() < deadline) {
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    try {
                        if (((SocketChannel) key.channel()).read(ByteBuffer.allocate(64 * 1024)) < 0) {
                            ends++;
                            key.cancel();
                        }
                    } catch (IOException e) {
                        resets++;
                        key.cancel();
                    }
                }
                selector.selectedKeys().clear();
            }
        }
        return new Cut(resets, ends, age());
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - madeNanos);
    }

    @Override
    public void close() {
        for (SocketChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException e) {
                // it has been cut
            }
        }
    }

    /** How long an honest exchange may take meanwhile; a sample may run on a busy machine. */
    static Duration patience() {
        return Duration.ofSeconds(Scale.of(20, 2));
    }

    /**
     * How long one right behind a crowd's arrival may take: creating a platform thread for each connection takes time.
     */
    static Duration patienceBehind() {
        return Threads.virtual() ? patience() : Duration.ofSeconds(20);
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
