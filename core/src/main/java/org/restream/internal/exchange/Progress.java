package org.restream.internal.exchange;

import org.jspecify.annotations.Nullable;
import org.restream.Refusal;

/**
 * The progress of an exchange. Its reader and its writer update it, one thread at a time each; any thread may read it.
 */
final class Progress {
    /** The number of body bytes received. */
    private volatile long received;

    private volatile long sent;
    /** How many bytes of an incomplete header have arrived. */
    volatile int headerBytesPending;
    /** The peer's header has arrived, or its message is empty. */
    volatile boolean headerKnown;

    volatile boolean headerCame;
    /** The peer's clean end was seen. */
    volatile boolean peerEnded;
    /** Our clean end has been sent. */
    volatile boolean ended;
    /** Listeners receive the peer's message, so the user has to end our message. */
    volatile boolean listening;
    /** The handler has returned or thrown. */
    volatile boolean handlerReturned;
    /** The outcome is final: what the user's code throws has no effect any more. */
    volatile boolean outcomeKnown;
    /** The refusal that was sent, or is being sent, in place of an answer; null if none was. */
    volatile @Nullable Refusal refusal;
    /** The thread that is waiting for the peer, or null. */
    volatile @Nullable Thread waiting;

    long received() {
        return received;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time reads
    void received(long more) {
        received += more;
    }

    long sent() {
        return sent;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time writes
    void sent(long more) {
        sent += more;
    }

    /** Whether both messages have ended cleanly. */
    boolean isWhole() {
        return ended && peerEnded;
    }

    /** Whether another thread is waiting for the peer. */
    boolean isAwaitedByAnother() {
        Thread who = waiting;
        return who != null && who != Thread.currentThread();
    }

    @Override
    public String toString() {
        return (headerKnown ? "after the header, " + received + " body bytes received" : "before the header") + ", "
                + sent + " body bytes sent";
    }
}
