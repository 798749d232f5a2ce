package org.restream.internal.session;

import org.jspecify.annotations.Nullable;
import org.restream.internal.session.wire.Flags;

/**
 * One exchange of a session: a message each way. All methods under the session's lock.
 *
 * <p>Both messages go on over a new connection from where they were; an abort ends both.
 */
public final class Channel {
    final Sending sending;
    final Receiving receiving;
    private final Session session;
    private @Nullable Endpoint endpoint;
    /** 0 until its first frame goes out. */
    long number;
    /** The peer knows of it, or this connection carries its beginning. */
    boolean opened;
    /** A client's is to be opened: there is something to send, or somebody waits for an answer. */
    boolean openWanted;
    /** Whether the peer has listed it on this connection. */
    boolean mentioned;
    /** Its queues: it is in each once at most. */
    boolean inControl;

    boolean inData;
    /** This connection carries one X that ends our message and says that we read no more: K answers both. */
    boolean cutsBoth;

    private boolean timed;
    private boolean handlerReturned;
    private boolean placeFreed;
    boolean forgotten;

    Channel(Session session, int window, long limit) {
        this.session = session;
        sending = new Sending(limit);
        receiving = new Receiving(window);
    }

    /** Who holds its bytes from now on. */
    public void attach(Endpoint to) {
        endpoint = to;
    }

    /** Who holds its bytes. */
    public Endpoint endpoint() {
        Endpoint known = endpoint;
        if (known == null) {
            throw new IllegalStateException("the channel has no endpoint yet");
        }
        return known;
    }

    /** Its number in the session, from 1; 0 while it has none. */
    public long number() {
        return number;
    }

    /** Its first frame tells the server how much time is left. */
    public void timed() {
        timed = true;
    }

    boolean isTimed() {
        return timed;
    }

    /** So many more bytes of our message are with the endpoint. */
    public void written(int count) {
        sending.write(count);
        openWanted = true;
        session.changed(this);
    }

    /** Our message is whole with what was written. */
    public void end() {
        if (!sending.isOver()) {
            sending.end();
            openWanted = true;
            session.changed(this);
        }
    }

    /** Somebody waits for the peer's message: the server has to know of the exchange. */
    public void open() {
        if (!openWanted) {
            openWanted = true;
            session.changed(this);
        }
    }

    /** How many more bytes the endpoint may take from the program; 0 or less: it waits. */
    public long room() {
        return session.room(this);
    }

    /** The program has read so many bytes. */
    public void consumed(int count) {
        receiving.consume(count);
        session.consumed(this);
    }

    /** We read no more of the peer's message; ours goes on. */
    public void stopReading(int code, String text) {
        receiving.stop(new Cut(false, code, text));
        session.changed(this);
    }

    /** Our message ends here, unfinished; the peer's goes on. */
    public void cut(int code, String text) {
        session.cut(this, new Cut(false, code, text));
    }

    /** Both messages end here. */
    public void abort(int code, String text) {
        receiving.stop(new Cut(false, code, text));
        session.cut(this, new Cut(false, code, text));
    }

    /** A server's handler has returned: only now may another exchange take its place. */
    public void handlerReturned() {
        handlerReturned = true;
        session.changed(this);
    }

    public boolean hasHandlerReturned() {
        return handlerReturned;
    }

    /** Whether its place is free from now on: true once. */
    boolean freesPlace() {
        if (!forgotten || !handlerReturned || placeFreed) {
            return false;
        }
        placeFreed = true;
        return true;
    }

    /** Whether all bytes of the peer's message are here. */
    public boolean hasPeerEnded() {
        return receiving.hasEnded();
    }

    /** Why the peer's message ends unfinished; null while it does not. */
    public @Nullable Cut peerCut() {
        return receiving.cut();
    }

    /** Why our message ends unfinished; null while it does not. */
    public @Nullable Cut ownCut() {
        return sending.cut();
    }

    /** Why the peer reads no more of our message, or does not take it; null while it does. */
    public @Nullable Cut peerStop() {
        return sending.stop();
    }

    /** Whether the peer has our whole message, knows of its cut, or reads no more of it. */
    public boolean isKnown() {
        return sending.isKnown();
    }

    /** Whether the peer knows of it, or may: some of it has been handed to a connection. */
    public boolean isStarted() {
        return number > 0;
    }

    /** It was given up before it had a number. */
    boolean isDead() {
        return number == 0 && sending.cut() != null;
    }

    /** Nobody has to be told of anything any more. */
    boolean isSettled() {
        return sending.isSettled() && receiving.isSettled();
    }

    /** X due, and which. */
    int cutFlagsDue() {
        int flags = sending.isCutDue() ? Flags.CUT_MINE : 0;
        return receiving.isStopDue() ? flags | Flags.CUT_YOURS : flags;
    }

    boolean isControlDue() {
        return opened && (cutFlagsDue() != 0 || receiving.isKnownDue() || receiving.isAckDue());
    }

    boolean isControlUrgent(AckPace acks) {
        return opened && (cutFlagsDue() != 0 || receiving.isAckUrgent(acks.most()));
    }

    boolean isDataDue() {
        return opened ? sending.isDue() : openWanted;
    }

    /** This connection carries its beginning. The peer did not know of it: what our listing said of it was for nobody. */
    void beginsHere() {
        opened = true;
        cutsBoth = false;
        sending.begins();
        receiving.connected();
    }

    void connected() {
        mentioned = false;
        inControl = false;
        inData = false;
        cutsBoth = false;
        sending.connected();
        receiving.connected();
    }
}
