package org.restream.internal.exchange;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.restream.ConnectionLostException;
import org.restream.Header;
import org.restream.HeaderTooLargeException;
import org.restream.MalformedHeaderException;
import org.restream.RefusedException;
import org.restream.internal.wire.HeaderReader;

/** Reads the header of the peer's message. The first thread that needs it does. */
final class IncomingHeader {
    private final LinkInput input;
    private final ExchangeState state;
    private final int maxBytes;
    private final boolean emptyAllowed;
    private final boolean refusals;
    /** Not that of the body: who waits for the header has it once it is there, though another thread waits for the body by then. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock, like the header. Made by the first that reads. */
    private @Nullable HeaderReader reader;

    private @Nullable Header header;

    IncomingHeader(LinkInput input, ExchangeState state, ExchangeConfig config) {
        this.input = input;
        this.state = state;
        maxBytes = config.maxHeaderBytes();
        emptyAllowed = config.emptyAllowed();
        refusals = config.refusals() && config.side() == ExchangeConfig.Side.CLIENT;
    }

    /** Waits for the header. */
    Header await() throws IOException {
        input.lock(lock);
        try {
            return read();
        } finally {
            lock.unlock();
        }
    }

    private Header read() throws IOException {
        Header known = header;
        if (known != null) {
            return known;
        }
        // after an invalid header, no other can follow
        state.check();
        HeaderReader parser = reader == null ? new HeaderReader(maxBytes) : reader;
        reader = parser;
        try {
            while (known == null) {
                if (input.await()) {
                    known = parser.take(input.bytes());
                    state.progress.headerBytesPending = parser.pending();
                    state.progress.headerCame = known != null;
                } else {
                    parser.end();
                    known = ofNothing();
                }
            }
        } catch (MalformedHeaderException | HeaderTooLargeException e) {
            // found by the HeaderReader; failures of the link have been recorded already
            state.fail(Reason.HEADER, e);
            throw state.exception();
        }
        // first, so that a second call does not return the header of a refusal as that of an answer
        checkNotRefused(known);
        header = known;
        state.progress.headerKnown = true;
        input.endDeadline();
        return known;
    }

    /** The header of a peer that has ended without a byte, as a proxy with no server behind it does, or a port scan. */
    private Header ofNothing() throws IOException {
        if (!emptyAllowed) {
            state.fail(
                    Reason.EMPTY,
                    new ConnectionLostException("the peer ended the connection without sending a byte", null));
            throw state.exception();
        }
        return Header.of();
    }

    private void checkNotRefused(Header came) throws IOException {
        RefusedException refused = refusals ? RefusalHeader.read(came) : null;
        if (refused != null) {
            state.fail(Reason.REFUSED, refused);
            throw state.exception();
        }
    }
}
