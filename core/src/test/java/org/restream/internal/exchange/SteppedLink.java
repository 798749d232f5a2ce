package org.restream.internal.exchange;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.restream.internal.link.Link;
import org.restream.internal.link.Peer;
import org.restream.testing.TestLink;

/** A link that runs an action at a chosen step: before or after the n-th read, write or end. */
final class SteppedLink implements Link, Peer {
    private interface Operation<T> {
        T run() throws IOException;
    }

    private final TestLink link;
    private final int step;
    private final Runnable happening;
    private final AtomicInteger steps = new AtomicInteger();

    /**
     * @param step the step, counted from 0: even ones are before an operation, odd ones after it
     */
    SteppedLink(TestLink link, int step, Runnable happening) {
        this.link = link;
        this.step = step;
        this.happening = happening;
    }

    /** Whether the action has run. */
    boolean hasHappened() {
        return steps.get() > step;
    }

    private <T> T stepped(Operation<T> operation) throws IOException {
        step();
        try {
            return operation.run();
        } finally {
            step();
        }
    }

    private void step() {
        if (steps.getAndIncrement() == step) {
            happening.run();
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return stepped(() -> link.read(into));
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        stepped(() -> {
            link.write(from);
            return null;
        });
    }

    @Override
    public void finish() throws IOException {
        stepped(() -> {
            link.finish();
            return null;
        });
    }

    @Override
    public void close() {
        link.close();
    }

    @Override
    public void abort() {
        link.abort();
    }

    @Override
    public InetSocketAddress peer() {
        return link.peer();
    }
}
