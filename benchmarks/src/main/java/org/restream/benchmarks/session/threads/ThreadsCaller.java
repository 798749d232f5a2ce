package org.restream.benchmarks.session.threads;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.restream.benchmarks.session.BlockingCaller;
import org.restream.benchmarks.session.Body;
import org.restream.benchmarks.session.Pieces;
import org.restream.benchmarks.session.Request;

/** Waits for each answer, on the thread that wants it. */
public final class ThreadsCaller extends BlockingCaller implements Frames.Receiver {
    private static final int MOST_AT_A_TIME = 1 << 16;

    /** Who waits, and what for. */
    private static final class Call {
        private final Thread thread = Thread.currentThread();
        private volatile byte @Nullable [] answer;
    }

    private final AtomicReferenceArray<@Nullable Call> calls = new AtomicReferenceArray<>(MOST_AT_A_TIME);
    private final ConcurrentLinkedQueue<Integer> free = new ConcurrentLinkedQueue<>();
    private final AtomicInteger numbers = new AtomicInteger();
    /** Those whose answers have come; the reader's own. */
    private final List<Thread> answered = new ArrayList<>();

    private final Frames frames;

    public ThreadsCaller(String host, int port) throws IOException {
        frames = new Frames(SocketChannel.open(new InetSocketAddress(host, port)), this);
    }

    @Override
    public void once() {
        Integer reused = free.poll();
        int number = reused == null ? numbers.getAndIncrement() : reused;
        Call call = new Call();
        calls.set(number, call);
        frames.send(number, Body.bytes());
        byte[] answer = call.answer;
        while (answer == null) {
            LockSupport.park(call);
            answer = call.answer;
        }
        free.add(number);
        Body.check(answer);
    }

    @Override
    public void frame(Frames from, int number, byte[] body) {
        Call call = Objects.requireNonNull(calls.get(number));
        call.answer = body;
        answered.add(call.thread);
    }

    @Override
    public void pause() {
        answered.forEach(LockSupport::unpark);
        answered.clear();
    }

    @Override
    public void hold() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long up(Pieces pieces) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long down(Request request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
