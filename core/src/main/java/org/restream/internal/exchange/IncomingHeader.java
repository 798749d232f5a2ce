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

/** The header of the peer's message: read by whoever asks first. */
final class IncomingHeader {
    private final LinkInput input;
    private final ExchangeState state;
    private final Progress progress;
    private final HeaderDeadline deadline;
    private final int maxBytes;
    private final boolean emptyAllowed;
    private final boolean refusals;
    /** Not held while somebody waits for the body, so that who wants the header does not wait for that. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Not needed any more once there is a header. */
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

    /** Where it has come; else null, also where the peer has ended without a byte. */
    @Nullable
    Header ifCame() {
        return progress.headerCame ? header : null;
    }

    /** Waits for it. */
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
        // what follows a header that was refused is none either
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
            // what the header's reader has found; what the link has found is recorded already
            state.fail(Reason.HEADER, e);
            throw state.exception();
        }
        deadline.cancel();
        // first: who asks again is not to take it for an answer's
        checkNotRefused(known);
        header = known;
        reader = null;
        progress.headerKnown = true;
        return known;
    }

    /** The peer has ended without a byte: a proxy with nobody behind it does so, and a port scan. */
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
