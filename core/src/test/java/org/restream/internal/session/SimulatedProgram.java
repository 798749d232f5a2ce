package org.restream.internal.session;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.restream.internal.session.wire.CutCode;

/** One side's program in an exchange of a {@link Simulation}. Each byte is made from its exchange, direction and offset. */
final class SimulatedProgram implements Endpoint {
    /** What a program may do beside reading and writing. */
    enum Habit {
        USUAL,
        ABORTS,
        STOPS_READING,
        ANSWERS_EARLY
    }

    private final boolean client;
    private final int exchange;
    final int size;
    private final int peerSize;
    private final Habit habit;
    /** In so many of 256 turns it reads. */
    private final int readiness;

    private final CRC32C written = new CRC32C();
    private final CRC32C received = new CRC32C();
    private @Nullable Channel channel;
    private int writtenCount;
    private int receivedCount;
    private int consumed;
    private long released;
    private boolean ended;
    private boolean stopped;
    boolean aborted;
    boolean returned;

    SimulatedProgram(boolean client, int exchange, int size, int peerSize, Random random) {
        this.client = client;
        this.exchange = exchange;
        this.size = size;
        this.peerSize = peerSize;
        Habit[] habits = Habit.values();
        habit = random.nextInt(4) == 0 ? habits[random.nextInt(habits.length)] : Habit.USUAL;
        readiness = random.nextInt(4) == 0 ? random.nextInt(3) : 256;
    }

    void attach(Channel to) {
        channel = to;
    }

    Channel channel() {
        Channel known = channel;
        if (known == null) {
            throw new IllegalStateException("not started");
        }
        return known;
    }

    boolean isStarted() {
        return channel != null;
    }

    boolean isOver() {
        return channel != null && (channel.forgotten || channel.isDead()) && (client || returned);
    }

    /** One turn. */
    void act(Random random, boolean healing) {
        if (!aborted && !(returned && !client)) {
            if (!healing && habit == Habit.ABORTS && random.nextInt(64) == 0) {
                aborted = true;
                channel().abort(CutCode.CANCELLED, "given up");
                return;
            }
            if (healing || random.nextInt(256) < readiness) {
                read(random, healing);
            }
            write(random, healing);
        }
        if (!client && !returned && mayReturn()) {
            returned = true;
            channel().handlerReturned();
        }
    }

    private void read(Random random, boolean healing) {
        if (!stopped && !healing && habit == Habit.STOPS_READING && random.nextInt(32) == 0) {
            stop();
        } else if (!stopped && receivedCount > consumed) {
            int available = receivedCount - consumed;
            int count = healing ? available : 1 + random.nextInt(available);
            consumed += count;
            channel().consumed(count);
        }
    }

    private void stop() {
        if (!channel().receiving.isOver()) {
            stopped = true;
            channel().stopReading(CutCode.CANCELLED, "enough");
        }
    }

    private void write(Random random, boolean healing) {
        if (ended || channel().ownCut() != null) {
            return;
        }
        boolean isReady = client
                || habit == Habit.ANSWERS_EARLY
                || consumed > 0
                || channel().receiving.isOver();
        long room = Math.min(channel().room(), size - writtenCount);
        if (isReady && room > 0) {
            int count = healing ? (int) room : 1 + random.nextInt((int) Math.min(room, 1 << 17));
            for (int i = 0; i < count; i++) {
                written.update(byteAt(exchange, client, writtenCount + i));
            }
            writtenCount += count;
            channel().written(count);
        }
        if (isReady && writtenCount == size) {
            ended = true;
            channel().end();
        }
    }

    private boolean mayReturn() {
        if (habit == Habit.ANSWERS_EARLY && ended && !channel().receiving.isOver()) {
            stop();
        }
        return aborted
                || (channel().sending.isOver()
                        && (stopped || (channel().receiving.isOver() && (consumed == receivedCount || isPeerCut()))));
    }

    private boolean isPeerCut() {
        return channel().peerCut() != null;
    }

    /** What the client is told when its exchange is over. */
    boolean isComplete() {
        return channel().hasPeerEnded() && !isPeerCut() && !stopped && !aborted;
    }

    int crc() {
        return (int) written.getValue();
    }

    private static byte byteAt(int exchange, boolean ofClient, long offset) {
        long seed = exchange * 2L + (ofClient ? 1 : 0);
        long mixed = (offset + seed * 0x9e3779b97f4a7c15L) * 0xbf58476d1ce4e5b9L;
        return (byte) (mixed >>> 56);
    }

    void copy(long offset, int length, boolean isEnd, ByteBuffer to) {
        Violation.unless(offset >= released, "bytes are sent again that were released: " + offset);
        Violation.unless(offset + length <= writtenCount, "bytes are sent that were not written");
        Violation.unless(!isEnd || (ended && offset + length == writtenCount), "an end before the end");
        for (int i = 0; i < length; i++) {
            to.put(byteAt(exchange, client, offset + i));
        }
    }

    @Override
    public void receive(ByteBuffer bytes) {
        Violation.unless(!stopped && !aborted, "bytes come although nobody reads");
        received.update(bytes.duplicate());
        while (bytes.hasRemaining()) {
            byte expected = byteAt(exchange, !client, receivedCount++);
            Violation.unless(bytes.get() == expected, "a wrong byte at " + (receivedCount - 1));
        }
        Violation.unless(receivedCount <= peerSize, "more bytes than were written");
    }

    @Override
    public boolean matches(int crc) {
        Violation.unless((int) received.getValue() == crc, "the CRC is wrong");
        return true;
    }

    @Override
    public void release(long offset) {
        released = Math.max(released, Math.min(offset, writtenCount));
    }

    @Override
    public void changed() {
        if (isComplete()) {
            Violation.unless(receivedCount == peerSize, "whole with " + receivedCount + " of " + peerSize + " bytes");
        }
        Cut own = channel().ownCut();
        Violation.unless(own == null || own.code() != CutCode.OFFSET_GONE, "an honest peer is taken for forgetful");
    }

    @Override
    public String toString() {
        return (client ? "client's " : "server's ") + exchange + ": wrote " + writtenCount + "/" + size + ", received "
                + receivedCount + "/" + peerSize + ", consumed " + consumed + ", " + habit + (ended ? ", ended" : "")
                + (stopped ? ", stopped" : "") + (aborted ? ", aborted" : "") + (returned ? ", returned" : "");
    }
}
