package org.restream.internal.exchange;

import org.jspecify.annotations.Nullable;

/** How far an exchange has come: written by its reader and its writer, one thread at a time each; read by any. */
final class Progress {
    /** Body bytes. */
    private volatile long received;

    private volatile long sent;
    /** How many bytes have come of a header that is not whole. */
    volatile int headerBytesPending;
    /** The peer's header has come, or its message is empty. */
    volatile boolean headerKnown;

    volatile boolean headerCame;
    /** The peer's clean end was seen. */
    volatile boolean peerEnded;
    /** Our clean end has been sent. */
    volatile boolean ended;
    /** Listeners take the peer's message: our end is the user's to call. */
    volatile boolean listening;
    /** The handler has returned, or thrown. */
    volatile boolean handlerReturned;
    /** The thread that waits for the peer, or null. */
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

    /** Whether another thread than the calling one waits for the peer. */
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
