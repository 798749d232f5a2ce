package org.restream.internal.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.restream.ConnectionLostException;
import org.restream.Header;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.link.Link;
import org.restream.internal.link.StoppedReadingException;

/**
 * Our message on its way to the link: HEADER, then BODY, then ENDED, or REFUSED by a peer that reads no more. What goes wrong here
 * is recorded here. One thread at a time changes it, under its owner's lock; any may ask.
 */
final class OutgoingMessage {
    private enum Phase {
        HEADER,
        BODY,
        ENDED,
        REFUSED
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
    private volatile @Nullable IOException refusedBy;
    /** The thread whose writes are still buffered, or null. */
    private @Nullable Thread unsentBy;

    OutgoingMessage(Link link, ExchangeState state, Progress progress, Monitor monitor) {
        this.writer = new MessageWriter(link, progress);
        this.state = state;
        this.progress = progress;
        this.monitor = monitor;
    }

    boolean hasBegun() {
        return phase != Phase.HEADER;
    }

    boolean hasEnded() {
        return phase == Phase.ENDED;
    }

    boolean isRefused() {
        return phase == Phase.REFUSED;
    }

    /** Whether nothing more will be sent. */
    boolean isOver() {
        return phase == Phase.ENDED || phase == Phase.REFUSED || !state.isOpen();
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

    void onlyFields(Map<String, ? extends @Nullable Object> all) {
        fields = new LinkedHashMap<>(all);
    }

    /** Throws where nothing can be sent any more, but for the end of what has ended. */
    void checkTaken() throws IOException {
        state.check();
        if (phase == Phase.REFUSED) {
            throw refusal();
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

    /** Some bytes of a file; all that is buffered must have been flushed. */
    long file(FileTransfer.Piece piece) throws IOException {
        long before = progress.sent();
        onLink(() -> piece.sendTo(writer));
        return progress.sent() - before;
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
            refusedBy = e;
            phase = Phase.REFUSED;
            monitor.signal();
            throw refusal();
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
    ConnectionLostException refusal() {
        return new ConnectionLostException(
                "the peer stopped reading after " + progress.sent() + " body bytes; what it answered can still be read",
                refusedBy);
    }

    /** Whether this is, or was caused by, what a write to this very message has thrown: a handler may write to others too. */
    boolean isRefusalOfThis(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause == refusedBy) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
