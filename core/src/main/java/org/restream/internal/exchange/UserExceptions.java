package org.restream.internal.exchange;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.restream.Action;
import org.restream.Refusal;
import org.restream.TryAgainException;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.exchange.ExchangeConfig.Side;

/**
 * What the user's code throws, and what that means for its exchange: nothing new where it has failed before, a refusal, a wish for
 * another attempt, or the handler's own failure. Only what had happened before is asked, never the exception.
 */
final class UserExceptions {
    /** How long the peer's last word is waited for, once it has stopped reading. */
    private static final Duration LAST_WORD = Duration.ofSeconds(5);

    private final ExchangeConfig config;
    private final ExchangeState state;
    private final Progress progress;
    private final OutgoingMessage message;
    private final OutgoingStream out;
    private final MessageReader reader;
    private final IncomingStream in;
    private final Listeners listeners;
    private volatile boolean over;
    private volatile @Nullable Refusal refusal;

    UserExceptions(
            ExchangeConfig config,
            ExchangeState state,
            Progress progress,
            OutgoingMessage message,
            OutgoingStream out,
            MessageReader reader,
            IncomingStream in,
            Listeners listeners) {
        this.config = config;
        this.state = state;
        this.progress = progress;
        this.message = message;
        this.out = out;
        this.reader = reader;
        this.in = in;
        this.listeners = listeners;
    }

    /** Runs the user's code; what it throws ends the exchange, as a rule. */
    void guard(Action code) {
        try {
            code.run();
        } catch (Throwable e) {
            threw(e);
        } finally {
            // a flag that the user's code has left says nothing of the connection
            Thread.interrupted();
        }
    }

    /** The user's code threw. */
    void threw(Throwable thrown) {
        if (over || state.isCompleted()) {
            config.unheard().accept(thrown);
        } else if (hasRefused(thrown)) {
            // the peer has been told: what another thread of the user's meets then is the consequence
            return;
        } else if (thrown instanceof TryAgainException && config.side() == Side.CLIENT) {
            // asked for, whatever had happened before: no consequence of that
            state.fail(Reason.TRY_AGAIN, thrown);
        } else if (message.isStopped()) {
            afterStoppedReading(thrown);
        } else if (thrown instanceof Refusal no && config.side() == Side.SERVER) {
            refuse(no);
        } else {
            state.fail(Reason.HANDLER, thrown);
        }
    }

    /** The outcome is known: what is thrown from now on changes nothing. */
    void outcomeKnown() {
        over = true;
    }

    /** What the peer was told in place of an answer; null where it was not. */
    @Nullable
    Refusal refusal() {
        return refusal;
    }

    /** The peer reads no more, so that a write failed: what is thrown then is the consequence. Why it does may still be read. */
    private void afterStoppedReading(Throwable thrown) {
        if (progress.listening && !progress.handlerReturned && message.isCausedByStop(thrown)) {
            // who listens for the answer hears the rest of it
            return;
        }
        if (config.side() == Side.CLIENT) {
            hearLastWord();
        }
        state.fail(Reason.STOPPED_READING, message.stopped());
        state.fail(Reason.HANDLER, thrown);
    }

    private void hearLastWord() {
        Timer.Task limit = config.timer().after(LAST_WORD, () -> state.fail(Reason.STOPPED_READING, message.stopped()));
        try {
            reader.header();
        } catch (IOException e) {
            // recorded by the reader
            assert !state.isOpen();
        } finally {
            limit.cancel();
        }
    }

    private boolean hasRefused(Throwable thrown) {
        Refusal said = refusal;
        if (said != null && said != thrown) {
            said.addSuppressed(thrown);
        }
        return said != null;
    }

    private void refuse(Refusal no) {
        try {
            // first: the end of our message is what other threads stumble over
            refusal = no;
            if (config.refusals()) {
                // before the peer hears of it: no listener is to be called after that
                listeners.ifMade(ListenerDispatcher::deliverNoMore);
                if (out.refuse(no)) {
                    in.close();
                    listeners.ifMade(ListenerDispatcher::mute);
                    return;
                }
            }
        } catch (IOException e) {
            // the connection is lost, which is recorded
            assert out.isOver();
        }
        refusal = null;
        state.fail(Reason.REFUSAL, no);
    }
}
