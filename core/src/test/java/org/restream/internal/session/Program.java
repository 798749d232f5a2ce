package org.restream.internal.session;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.restream.internal.session.wire.CutCode;

/** One side's program in one exchange: what it writes and reads, and what it must never see. */
final class Program implements Endpoint {
    private final World world;
    private final Scenario scenario;
    final boolean client;
    /** A client's: its place in the scenario, from 0; a server's: the exchange's number. */
    private final int index;

    private final int size;

    @Nullable
    Channel channel;

    int written;
    /** The message is whole; where it is cut, -1 for ever. */
    private boolean ended;

    private int received;
    private int consumed;
    private long released;
    private boolean stopped;
    private boolean aborted;
    /** A server's handler has not returned. */
    boolean running;

    Program(World world, Scenario scenario, boolean client, int index, int size) {
        this.world = world;
        this.scenario = scenario;
        this.client = client;
        this.index = index;
        this.size = size;
        running = !client;
    }

    /** A copy in another world; its channel is for the world to copy. */
    Program(Program from, World world) {
        this(world, from.scenario, from.client, from.index, from.size);
        written = from.written;
        ended = from.ended;
        received = from.received;
        consumed = from.consumed;
        released = from.released;
        stopped = from.stopped;
        aborted = from.aborted;
        running = from.running;
    }

    int index() {
        return index;
    }

    Channel channel() {
        Channel known = channel;
        if (known == null) {
            throw new IllegalStateException("not started");
        }
        return known;
    }

    private boolean isBusy() {
        return channel != null && !aborted && (client || running);
    }

    boolean mayWrite() {
        boolean hasSeen =
                client || scenario.eagerHandlers || channel().receiving.isOver();
        return isBusy() && !ended && channel().ownCut() == null && hasSeen;
    }

    void write() {
        int count = Math.min(scenario.piece, size - written);
        if (count > 0) {
            written += count;
            channel().written(count);
        }
        if (written == size && (!scenario.lateEnds || count == 0)) {
            ended = true;
            channel().end();
        }
    }

    boolean mayRead() {
        return isBusy() && !stopped && consumed < received;
    }

    void read() {
        int count = received - consumed;
        consumed = received;
        channel().consumed(count);
    }

    boolean mayReturn() {
        if (client || !running) {
            return false;
        }
        boolean isDone = channel().sending.isOver()
                && (channel().receiving.isOver() || stopped)
                && (stopped || aborted || consumed == received || channel().peerCut() != null);
        return scenario.early || aborted || isDone;
    }

    void handlerReturns() {
        if (!channel().sending.isOver()) {
            ended = true;
            channel().end();
        }
        if (!channel().receiving.isOver()) {
            stop();
        }
        running = false;
        channel().handlerReturned();
    }

    boolean mayCancel(char kind) {
        if (!isBusy() || scenario.cancelKinds.indexOf(client ? kind : Character.toLowerCase(kind)) < 0) {
            return false;
        }
        return switch (kind) {
            case 'A' -> !channel().sending.isOver() || !channel().receiving.isOver();
            case 'S' -> !stopped && !channel().receiving.isOver();
            default -> !channel().sending.isOver();
        };
    }

    void cancel(char kind) {
        switch (kind) {
            case 'A' -> {
                aborted = true;
                channel().abort(CutCode.CANCELLED, "");
            }
            case 'S' -> stop();
            default -> channel().cut(CutCode.SOURCE, "");
        }
    }

    private void stop() {
        stopped = true;
        channel().stopReading(CutCode.CANCELLED, "");
    }

    /** A client's: the exchange is over, however it ended. */
    boolean isFinished() {
        return channel != null && (channel.forgotten || channel.isDead()) && !running;
    }

    /** What is to be answered for the exchange when the session is lost. */
    String outcome() {
        if (hasWhole()) {
            return "COMPLETED";
        }
        return channel == null || !channel.isStarted() || scenario.mutant == Mutant.LIAR ? "NEVER_STARTED" : "UNKNOWN";
    }

    private boolean hasWhole() {
        return channel != null && channel.hasPeerEnded() && channel.peerCut() == null && !stopped && !aborted;
    }

    /** The size of the whole message; -1 while it is not, or never will be. */
    int total() {
        return ended ? written : -1;
    }

    static byte byteAt(boolean ofClient, int index, long offset) {
        return (byte) ((ofClient ? 0 : 128) + index * 16 + offset);
    }

    byte[] take(int flagsEnd, long offset, int length) {
        Violation.unless(offset >= released, "bytes are sent again that were released: " + offset);
        Violation.unless(offset + length <= written, "bytes are sent that were not written: " + (offset + length));
        Violation.unless(
                flagsEnd == 0 || (ended && offset + length == written),
                "an end before the end, at " + (offset + length));
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = byteAt(client, index, offset + i);
        }
        return bytes;
    }

    @Override
    public void receive(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            Violation.unless(!stopped && !aborted, "a byte comes although nobody reads");
            byte next = bytes.get();
            int peer = client ? (int) channel().number() : world.clientOf(channel()).index;
            byte expected = byteAt(!client, peer, received++);
            Violation.unless(next == expected, "the byte is " + next + ", where " + expected + " was sent");
        }
        Violation.unless(received - consumed <= scenario.maxWindow, "more bytes wait than the window holds");
    }

    @Override
    public boolean matches(int crc) {
        return crc == 0;
    }

    @Override
    public void release(long offset) {
        released = Math.max(released, Math.min(offset, written));
    }

    @Override
    public void changed() {
        if (hasWhole()) {
            int total = world.peerTotal(this);
            Violation.unless(received == total, "whole with " + received + " bytes, where it has " + total);
        }
        Cut own = channel().ownCut();
        Violation.unless(own == null || own.code() != CutCode.OFFSET_GONE, "an honest peer is taken for forgetful");
    }

    void addTo(Digest digest) {
        digest.add(written | received << 4 | consumed << 8 | released << 12);
        digest.add((ended ? 1 : 0) | (stopped ? 2 : 0) | (aborted ? 4 : 0) | (running ? 8 : 0));
        digest.add(channel == null ? -1 : channel.number);
        if (channel != null && channel.number == 0) {
            StateCopier.digest(channel, digest);
        } else if (channel != null && channel.forgotten) {
            digest.add(channel.receiving.isOver() ? 1 : 2);
        }
    }
}
