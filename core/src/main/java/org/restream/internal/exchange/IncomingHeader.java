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

/** The header of the peer's message. The first thread that needs it reads it. */
final class IncomingHeader {
    private final LinkInput input;
    private final ExchangeState state;
    private final Progress progress;
    private final HeaderDeadline deadline;
    private final int maxBytes;
    private final boolean emptyAllowed;
    private final boolean refusals;
    /** Not that of the body: who waits for the header has it once it is there, though another thread waits for the body by then. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Null once the header has arrived. */
    private @Nullable HeaderReader reader;

    private volatile @Nullable Header header;

    IncomingHeader(
            LinkInput input, ExchangeState state, Progress progress, HeaderDeadline deadline, ExchangeConfig config) {
        this.input = input;
        this.state = state;
        this.progress = progress;
        this.deadline = deadline;
        maxBytes = config.maxHeaderBytes();
        emptyAllowed = config.emptyAllowed();
        refusals = config.refusals() && config.side() == ExchangeConfig.Side.CLIENT;
    }

    /** The header, if it has arrived; null before that, and if the peer has ended without a byte. */
    @Nullable
    Header ifCame() {
        return progress.headerCame ? header : null;
    }

    /** Waits for the header. */
    Header await() throws IOException {
        Header known = header;
        if (known != null) {
            return known;
        }
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
                    progress.headerBytesPending = parser.pending();
                    progress.headerCame = known != null;
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
        deadline.cancel();
        // first, so that a second call does not return the header of a refusal as that of an answer
        checkNotRefused(known);
        header = known;
        reader = null;
        progress.headerKnown = true;
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
