package org.restream.internal.session.carrier;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.restream.NeverStartedException;
import org.restream.OutcomeUnknownException;
import org.restream.internal.link.LateException;
import org.restream.internal.link.StoppedReadingException;
import org.restream.internal.session.Channel;
import org.restream.internal.session.Cut;
import org.restream.internal.session.wire.CutCode;
import org.restream.internal.text.SafeText;

/** How an exchange of a session ends, and who hears of it. Under the session's lock. */
final class LinkEnd {
    private final Channel channel;
    private final SharedSession shared;
    private @Nullable IOException failure;
    /** By this side. */
    private @Nullable Cut aborted;

    private boolean settled;
    /** Set without the lock, before {@link #toTell} is looked at; so one of both sees the other. */
    private volatile @Nullable Consumer<IOException> onCut;
    /** There is a cut of which {@link #onCut} has to hear. */
    private volatile boolean toTell;

    private @Nullable Consumer<@Nullable IOException> whenSettled;

    LinkEnd(Channel channel, SharedSession shared) {
        this.channel = channel;
        this.shared = shared;
    }

    /** What the session's end has made of it; null where it did not fail by that. */
    @Nullable
    IOException failure() {
        return failure;
    }

    /** Throws where nothing more of the peer's message will come. */
    void checkReadable() throws IOException {
        // a client that has the whole answer has it, whatever becomes of the session
        if (failure == null || !shared.isClient() || !channel.hasPeerEnded()) {
            check();
        }
    }

    /** Throws where nothing more of our message is taken. */
    void checkWritable() throws IOException {
        Cut stop = channel.peerStop();
        if (stop != null && channel.peerCut() == null) {
            throw new StoppedReadingException(stopped(stop));
        }
        if (failure != null && shared.isClient() && channel.hasPeerEnded()) {
            throw new StoppedReadingException(failure);
        }
        check();
    }

    private void check() throws IOException {
        IOException cause = cause();
        if (cause != null) {
            throw cause instanceof LateException ? cause : new IOException(cause.getMessage(), cause);
        }
    }

    /** Whether a reader or a writer may have nothing to wait for any more, other than the peer's end. */
    boolean isOver() {
        return failure != null || aborted != null || channel.peerCut() != null || channel.peerStop() != null;
    }

    /** What has ended the exchange for both directions; null while nothing has. */
    private @Nullable IOException cause() {
        if (failure != null) {
            return failure;
        }
        Cut cut = channel.peerCut();
        if (cut != null) {
            return byOther(cut);
        }
        return aborted == null ? null : new IOException("this side has cut the exchange" + because(aborted));
    }

    private static IOException byOther(Cut cut) {
        if (!cut.byPeer()) {
            return new IOException(cut.text());
        }
        // of two clocks either may be the first
        return cut.code() == CutCode.DEADLINE
                ? new LateException()
                : new IOException("the peer cut the exchange" + because(cut));
    }

    private static IOException stopped(@Nullable Cut stop) {
        return new IOException("the peer reads no more" + (stop == null ? "" : because(stop)));
    }

    static String because(Cut cut) {
        return " (" + cut.code() + (cut.text().isEmpty() ? "" : ": " + cut.text()) + ")";
    }

    /** Who has cut it first, and why; null where nobody has. */
    @Nullable
    Cut cut() {
        // the peer answers ours by one of its own
        return aborted == null ? channel.peerCut() : aborted;
    }

    /** Whether this side may cut it now: it has not ended before. */
    boolean abort(Cut by) {
        boolean first = cause() == null;
        if (first) {
            aborted = by;
        }
        return first;
    }

    void sessionEnded(IOException cause) {
        // what the server has said of it before holds
        if (settled || (shared.isClient() && channel.peerCut() != null)) {
            return;
        }
        String why = SafeText.message(cause);
        failure = channel.isStarted() || !shared.isClient()
                ? new OutcomeUnknownException("the session was over before the exchange had ended: " + why, cause)
                : new NeverStartedException("the exchange was not started: " + why, cause);
        tellSettled();
    }

    void settled() {
        settled = true;
        tellSettled();
    }

    /** Without the lock. */
    void onCut(Consumer<IOException> run) {
        onCut = run;
        if (toTell) {
            shared.lock().run(this::tellCut);
        }
    }

    /** Tells of a cut by the peer, or by the session's end, if there is one. Who has cut it before needs no telling. */
    void tellCut() {
        Cut stop = channel.peerStop();
        boolean cancelled = stop != null && stop.code() != CutCode.STOPPED_READING;
        boolean byPeer = aborted == null && (channel.peerCut() != null || cancelled);
        if (failure == null && !byPeer) {
            return;
        }
        toTell = true;
        Consumer<IOException> hears = onCut;
        if (hears != null) {
            onCut = null;
            IOException why = cause();
            IOException told = why == null ? stopped(stop) : why;
            shared.lock().wakes().after(() -> hears.accept(told));
        }
    }

    void whenSettled(Consumer<@Nullable IOException> run) {
        whenSettled = run;
        tellSettled();
    }

    private void tellSettled() {
        Consumer<@Nullable IOException> hears = whenSettled;
        if (hears != null && (settled || failure != null)) {
            whenSettled = null;
            // also where the client has cancelled, and so may not have the answer
            IOException why = cause();
            shared.lock().wakes().after(() -> hears.accept(why));
        }
    }
}
