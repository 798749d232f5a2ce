package org.restream.internal.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.restream.ConnectionLostException;
import org.restream.Header;
import org.restream.Refusal;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.link.Link;
import org.restream.internal.link.StoppedReadingException;

/**
 * Our message on its way to the link: HEADER, then BODY, then ENDED, or STOPPED by a peer that reads no more. What goes wrong here
 * is recorded here. One thread at a time changes it, under its owner's lock; any may ask.
 */
final class OutgoingMessage {
    private enum Phase {
        HEADER,
        BODY,
        ENDED,
        STOPPED
    }

    /** Nobody wraps an exception so often. */
    private static final int MAX_CAUSES = 100;

    private interface Step {
        void run() throws IOException;
    }

    private final MessageWriter writer;
    private final ExchangeState state;
    private final Progress progress;
    private final Monitor monitor;
    private Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    private volatile Phase phase = Phase.HEADER;
    private volatile @Nullable IOException stoppedBy;
    /** The thread whose writes are still buffered, or null. */
    private @Nullable Thread unsentBy;
    /** The thread that has closed it: nothing more is written, and the end is still to come. Null where it is open. */
    private volatile @Nullable Thread closedBy;

    OutgoingMessage(Link link, ExchangeState state, Progress progress, Monitor monitor) {
        this.writer = new MessageWriter(link, progress);
        this.state = state;
        this.progress = progress;
        this.monitor = monitor;
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

    void fields(Map<String, ? extends @Nullable Object> more) {
        fields.putAll(more);
        unsentBy = Thread.currentThread();
    }

    /** Throws once the header has gone out, or is about to. */
    void checkHeaderUnsent(String names) {
        if (hasBegun()) {
            throw new IllegalStateException("too late for the header (" + names
                    + "): it goes out with the first write, flush or end, or before a read once a field is set");
        }
    }

    /** Says no in place of an answer; false where the answer has begun. */
    boolean refuse(Refusal refusal) throws IOException {
        if (hasBegun() || isOver()) {
            return false;
        }
        fields = new LinkedHashMap<>(RefusalHeader.of(refusal));
        end();
        return true;
    }

    /** Whether the user may write: it is neither ended nor closed. It may be stopped, or lost. */
    boolean isWritable() {
        return !hasEnded() && closedBy == null;
    }

    /** Throws where nothing more can be written. */
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

    /** Throws where nothing can be sent any more, but for the end of what has ended. */
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
     * What another thread has written, and not sent, is sent by the one that writes after it: the other may wait for the
     * answer, and its read will not send what this one has only half written.
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

    /** A file; all that is buffered must have been flushed. Once part of it has gone out the rest has to, or there is a hole. */
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
        long before = progress.sent();
        onLink(() -> piece.sendTo(writer));
        return progress.sent() - before;
    }

    /** Sends what is buffered; only the end can follow. */
    void close() throws IOException {
        flush();
        closedBy = Thread.currentThread();
    }

    /** The thread that has closed it, or null. */
    @Nullable
    Thread closedBy() {
        return closedBy;
    }

    /** The clean end. */
    void end() throws IOException {
        onLink(() -> {
            startBody();
            writer.finish();
        });
        phase = Phase.ENDED;
        progress.ended = true;
        monitor.signal();
    }

    private void startBody() throws IOException {
        if (phase == Phase.HEADER) {
            phase = Phase.BODY;
            writer.header(Header.from(fields));
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
            monitor.signal();
            throw stopped();
        } catch (IOException e) {
            state.lost(e);
            throw state.exception();
        } catch (RuntimeException | Error e) {
            // part of it may have gone out: what follows would be a message with a hole
            state.fail(Reason.HANDLER, e);
            throw e;
        }
    }

    /** What a write is told once the peer reads no more. */
    ConnectionLostException stopped() {
        return new ConnectionLostException(
                "the peer stopped reading after " + progress.sent() + " body bytes; what it answered can still be read",
                stoppedBy);
    }

    /** Whether this is, or was caused by, what a write to this very message has thrown: a handler may write to others too. */
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
