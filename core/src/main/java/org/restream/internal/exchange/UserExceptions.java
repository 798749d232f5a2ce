package org.restream.internal.exchange;

import java.io.IOException;
import java.time.Duration;
import org.restream.Refusal;
import org.restream.TryAgainException;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.exchange.ExchangeConfig.Side;

/**
 * Decides what an exception of the user's code means for its exchange: nothing new if the exchange has failed before, a
 * refusal, a request for another attempt, or a failure of the handler. It decides by what has been recorded before.
 */
final class UserExceptions {
    /** How long to wait for the peer's answer when it has stopped reading. */
    private static final Duration LAST_WORD = Duration.ofSeconds(5);

    private final ExchangeConfig config;
    private final ExchangeState state;
    private final OutgoingMessage message;
    private final OutgoingStream out;
    private final MessageReader reader;
    private final IncomingStream in;
    private final Listeners listeners;

    UserExceptions(
            ExchangeConfig config,
            ExchangeState state,
            OutgoingMessage message,
            OutgoingStream out,
            MessageReader reader,
            IncomingStream in,
            Listeners listeners) {
        this.config = config;
        this.state = state;
        this.message = message;
        this.out = out;
        this.reader = reader;
        this.in = in;
        this.listeners = listeners;
    }

    /** Handles an exception of the user's code. */
    void threw(Throwable thrown) {
        if (state.progress.outcomeKnown || state.isCompleted()) {
            config.unheard().accept(thrown);
        } else if (hasRefused(thrown)) {
            // the refusal has been sent: an exception of another thread of the user is a consequence
            return;
        } else if (thrown instanceof TryAgainException && config.side() == Side.CLIENT) {
            // an explicit request for another attempt is never a consequence of something else
            state.fail(Reason.TRY_AGAIN, thrown);
        } else if (message.isStopped()) {
            afterStoppedReading(thrown);
        } else if (thrown instanceof Refusal no && config.side() == Side.SERVER) {
            refuse(no);
        } else {
            state.fail(Reason.HANDLER, thrown);
        }
    }

    /** Handles an exception after a write has failed because the peer stopped reading: its answer may still say why. */
    private void afterStoppedReading(Throwable thrown) {
        if (state.progress.listening && !state.progress.handlerReturned && message.isCausedByStop(thrown)) {
            // attached listeners receive the rest of the answer
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
        Refusal said = state.progress.refusal;
        if (said != null && said != thrown) {
            said.addSuppressed(thrown);
        }
        return said != null;
    }

    private void refuse(Refusal no) {
        try {
            // first, because other threads of the user fail at the end of our message
            state.progress.refusal = no;
            if (config.refusals()) {
                // before the refusal is sent, because no listener may be called after that
                listeners.ifMade(ListenerDispatcher::deliverNoMore);
                if (out.refuse(no)) {
                    in.close();
                    listeners.ifMade(ListenerDispatcher::mute);
                    return;
                }
            }
        } catch (IOException e) {
            // the connection is lost, and that is recorded
            assert out.isOver();
        }
        state.progress.refusal = null;
        state.fail(Reason.REFUSAL, no);
    }
}
