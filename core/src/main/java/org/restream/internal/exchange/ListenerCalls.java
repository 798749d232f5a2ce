package org.restream.internal.exchange;

/** What an exchange has to do with the calls of its listeners. */
final class ListenerCalls {
    private final OutgoingStream out;
    private final Progress progress;
    private final UserExceptions exceptions;
    private final Drain drain;
    private final Runnable sendRest;

    /**
     * @param exceptions is told what a listener throws
     * @param sendRest sends what is left of our message, once the user's code is done with it
     */
    ListenerCalls(OutgoingStream out, Progress progress, UserExceptions exceptions, Drain drain, Runnable sendRest) {
        this.out = out;
        this.progress = progress;
        this.exceptions = exceptions;
        this.drain = drain;
        this.sendRest = sendRest;
    }

    /** A listener has returned. */
    void returned() {
        out.flushOwn();
    }

    /** A listener threw. */
    void threw(Throwable thrown) {
        exceptions.threw(thrown);
    }

    /** Whether a body that no listener takes may be dropped, now that it has come so far. */
    boolean mayDrop() {
        return progress.handlerReturned && (!out.endsByCall() || progress.listening || out.isOver());
    }

    /** The header is known, and its listener, if there is one, has been called. */
    void headerDelivered() {
        if (progress.handlerReturned && !progress.listening) {
            sendRest.run();
        }
    }

    /** So many bytes were dropped, since no listener takes them. */
    void dropped(int bytes) {
        drain.dropped(bytes);
    }
}
