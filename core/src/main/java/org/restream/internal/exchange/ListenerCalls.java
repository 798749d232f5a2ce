package org.restream.internal.exchange;

/** What an exchange does around the calls of its listeners. */
final class ListenerCalls {
    private final OutgoingStream out;
    private final Progress progress;
    private final UserExceptions exceptions;
    private final Drain drain;
    private final Runnable sendRest;

    /**
     * @param exceptions handles what a listener throws
     * @param sendRest sends the rest of our message, when the user's code has finished
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

    /** A listener has thrown. */
    void threw(Throwable thrown) {
        exceptions.threw(thrown);
    }

    /** Whether a body without a listener may be discarded at this point. */
    boolean mayDrop() {
        return progress.handlerReturned && (!out.endsByCall() || progress.listening || out.isOver());
    }

    /** The header has arrived, and its listener, if there is one, has been called. */
    void headerDelivered() {
        if (progress.handlerReturned && !progress.listening) {
            sendRest.run();
        }
    }

    /** Counts bytes that were discarded because there is no listener for them. */
    void dropped(int bytes) {
        drain.dropped(bytes);
    }
}
