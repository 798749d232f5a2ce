package org.restream.internal.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.restream.ConnectionLostException;
import org.restream.Refusal;
import org.restream.internal.link.Link;
import org.restream.internal.link.StoppedReadingException;
import org.restream.internal.wire.JsonValues;

/**
 * The state of our message: HEADER, then BODY, then ENDED, or STOPPED by a peer that has stopped reading. Failures to
 * send are recorded here. It changes only under its owner's lock; any thread may read its state.
 */
final class OutgoingMessage {
    private enum Phase {
        HEADER,
        BODY,
        ENDED,
        STOPPED
    }

    /** Far more causes than an exception has in practice; guards against a cycle. */
    private static final int MAX_CAUSES = 100;

    private interface Step {
        void run() throws IOException;
    }

    private final MessageWriter writer;
    private final ExchangeState state;
    private Map<String, @Nullable Object> fields = Map.of();
    private volatile Phase phase = Phase.HEADER;
    private volatile @Nullable IOException stoppedBy;
    /** The thread whose writes are still buffered, or null. */
    private @Nullable Thread unsentBy;
    /**
     * The thread that has closed it: nothing more may be written, and the end has to follow. Null if it is not closed.
     */
    private volatile @Nullable Thread closedBy;

    OutgoingMessage(Link link, ExchangeState state) {
        this.writer = new MessageWriter(link, state.progress);
        this.state = state;
    }

    private boolean hasBegun() {
        return phase != Phase.HEADER;
    }

    boolean hasEnded() {
        return phase == Phase.ENDED;
    }

    boolean isStopped() {
        return phase == Phase.STOPPED;
    }

    /** Whether nothing more will be sent. */
    boolean isOver() {
        return phase == Phase.ENDED || phase == Phase.STOPPED || !state.isOpen();
    }

    boolean hasUnsent() {
        return unsentBy != null;
    }

    boolean hasUnsentOfCaller() {
        return unsentBy == Thread.currentThread();
    }

    /** The values are normalized. */
    void fields(Map<String, ? extends @Nullable Object> more) {
        if (fields.isEmpty()) {
            fields = new LinkedHashMap<>();
        }
        fields.putAll(more);
        unsentBy = Thread.currentThread();
    }

    /** Throws if the header has been sent, or is about to be. */
    void checkHeaderUnsent(Set<String> names) {
        if (hasBegun()) {
            throw new IllegalStateException("too late for the header (" + String.join(", ", names)
                    + "): it goes out with the first write, flush or end, or before a read once a field is set");
        }
    }

    /** Sends a refusal in place of an answer; false if the answer has begun. */
    boolean refuse(Refusal refusal) throws IOException {
        if (hasBegun() || isOver()) {
            return false;
        }
        fields = JsonValues.normalized(RefusalHeader.of(refusal));
        end();
        return true;
    }

    /** Whether it is neither ended nor closed by the user. It may be stopped, or lost. */
    boolean isWritable() {
        return !hasEnded() && closedBy == null;
    }

    /** Throws if nothing more can be written. */
    void checkOpen() throws IOException {
        state.check();
        if (hasEnded()) {
            throw new IOException("the stream has ended: nothing can be written after end()");
        }
        if (closedBy != null) {
            throw new IOException("the stream is closed: nothing can be written after close()");
        }
        checkTaken();
    }

    /** Throws if nothing more can be sent, except the end of a message that has ended. */
    void checkTaken() throws IOException {
        state.check();
        if (phase == Phase.STOPPED) {
            throw stopped();
        }
    }

    void body(ByteBuffer bytes) throws IOException {
        onLink(() -> {
            sendOthers();
            startBody();
            writer.body(bytes);
        });
    }

    /**
     * Sends what another thread has written and not sent. That thread may be waiting for the answer, and its read sends
     * nothing once this thread has begun to write.
     */
    private void sendOthers() throws IOException {
        if (unsentBy != Thread.currentThread() && phase == Phase.BODY) {
            writer.flush();
        }
        unsentBy = Thread.currentThread();
    }

    void flush() throws IOException {
        onLink(() -> {
            startBody();
            writer.flush();
        });
        unsentBy = null;
    }

    /**
     * Sends a file; the buffer must have been flushed. When a part of it has been sent, the rest has to follow, or the
     * body would have a gap.
     */
    void file(FileTransfer transfer) throws IOException {
        try {
            transfer.run(this::piece);
        } catch (IOException | RuntimeException | Error e) {
            if (transfer.sent() > 0 && !isStopped()) {
                state.fail(Reason.HANDLER, e);
            }
            throw e;
        }
    }

    private long piece(FileTransfer.Piece piece) throws IOException {
        long before = state.progress.sent();
        onLink(() -> piece.sendTo(writer));
        return state.progress.sent() - before;
    }

    /** Sends the buffer; after this only the end can follow. */
    void close() throws IOException {
        flush();
        closedBy = Thread.currentThread();
    }

    /** The thread that has closed it, or null. */
    @Nullable
    Thread closedBy() {
        return closedBy;
    }

    /** Ends the message cleanly. */
    void end() throws IOException {
        onLink(() -> {
            startBody();
            writer.finish();
        });
        phase = Phase.ENDED;
        state.progress.ended = true;
        state.monitor.signal();
    }

    private void startBody() throws IOException {
        if (phase == Phase.HEADER) {
            phase = Phase.BODY;
            writer.header(fields);
            fields = Map.of();
        }
    }

    private void onLink(Step step) throws IOException {
        try {
            step.run();
        } catch (StoppedReadingException e) {
            state.check();
            stoppedBy = e;
            phase = Phase.STOPPED;
            state.monitor.signal();
            throw stopped();
        } catch (IOException e) {
            state.lost(e);
            throw state.exception();
        } catch (RuntimeException | Error e) {
            // a part of it may have been sent: the body would have a gap
            state.fail(Reason.HANDLER, e);
            throw e;
        }
    }

    /** The exception for writes after the peer has stopped reading. */
    ConnectionLostException stopped() {
        return new ConnectionLostException(
                "the peer stopped reading after " + state.progress.sent() + " body bytes; its answer can still be read",
                stoppedBy);
    }

    /**
     * Whether this exception was thrown by a write to this very message, or was caused by one that was: a handler may
     * write to other messages too.
     */
    boolean isCausedByStop(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause == stoppedBy) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
