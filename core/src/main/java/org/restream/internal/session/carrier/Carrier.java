package org.restream.internal.session.carrier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.link.Connection;
import org.restream.internal.session.Cost;
import org.restream.internal.session.Cut;
import org.restream.internal.session.wire.ByeCode;
import org.restream.internal.session.wire.FrameParser;
import org.restream.internal.session.wire.ProtocolException;
import org.restream.internal.text.SafeText;

/**
 * One connection of a session: a reader, which never writes and never runs a user's code, and one writer. It lives until it is lost
 * or another one takes its place.
 */
public final class Carrier implements Heartbeat.Watched {
    /** How long a read waits that is to be slow. */
    private static final long SLOW_NANOS = 1_000_000;
    /** How long the peer may take to close, after our last frame. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final SharedSession shared;
    private final Connection connection;
    private final FrameParser parser;
    private final Heartbeat heartbeat;
    private final CarrierWriter writer;

    /** The peer has cost too much lately; the reader's own. */
    private boolean slow;

    private volatile @Nullable IOException cause;

    /**
     * @param maxFrame the most data that the peer may put into one frame
     * @param beat how often each side is to be heard
     * @param idleTimeout how long nothing may live; zero: any time
     */
    public Carrier(SharedSession shared, Connection connection, int maxFrame, Duration beat, Duration idleTimeout) {
        this.shared = shared;
        this.connection = connection;
        parser = new FrameParser(maxFrame);
        writer = new CarrierWriter(shared, this, connection);
        heartbeat = new Heartbeat(this, shared.timer(), beat, idleTimeout);
    }

    /** The connection. */
    public Connection connection() {
        return connection;
    }

    /**
     * Carries the session until the connection is lost, or the session over. The calling thread reads.
     *
     * @param rest what came behind the peer's first line
     * @return why it ended
     */
    public IOException run(ByteBuffer rest) {
        try {
            heartbeat.start();
            read(rest);
            ended(new IOException("the connection is not needed any more"));
        } catch (ProtocolException e) {
            violated(e);
        } catch (IOException e) {
            ended(e);
        } catch (Throwable e) {
            ended(new IOException("the session's reader failed: " + e, e));
        }
        endIfDecided();
        return Objects.requireNonNull(cause);
    }

    /** A session that this side ends is over, also where its last word has not gone out. */
    private void endIfDecided() {
        Cut ending = shared.lock().asked(() -> shared.core().output().ending());
        if (ending != null) {
            Carrier unused = shared.ending().end(CarrierWriter.over(ending), this);
        }
    }

    private void read(ByteBuffer rest) throws IOException {
        ReadSpace space = new ReadSpace();
        try {
            ByteBuffer in = space.begin(rest);
            while (apply(in)) {
                if (slow) {
                    LockSupport.parkNanos(SLOW_NANOS);
                }
                in = space.next(slow);
                if (connection.read(in) < 0) {
                    throw new IOException("the peer closed the connection");
                }
                heartbeat.heard();
                in.flip();
            }
        } finally {
            space.end();
        }
    }

    /** Whether there may be more. */
    private boolean apply(ByteBuffer in) throws ProtocolException {
        Cut goodbye;
        shared.lock().lock();
        try {
            if (!shared.isPresent(this)) {
                return false;
            }
            if (shared.core().output().ending() != null) {
                // the session's end has been decided: nothing begins any more
                in.position(in.limit());
                return true;
            }
            // a read that has filled the buffer has left some, as a rule
            shared.core().output().flowing(in.limit() == in.capacity());
            parser.parse(in, shared.core().input());
            checkCost();
            goodbye = shared.core().input().goodbye();
            shared.leaving().byeIfDone();
        } finally {
            shared.lock().unlock();
        }
        if (goodbye != null) {
            shared.end(new SessionOverException("the peer ended the session" + LinkEnd.because(goodbye)));
        }
        return goodbye == null;
    }

    /** Whoever costs a server too much is read more slowly, and in the end no more. */
    private void checkCost() throws ProtocolException {
        if (!shared.isClient()) {
            Cost cost = shared.core().cost();
            long now = shared.timer().nanoTime();
            slow = cost.isEmpty(now);
            if (slow && cost.isAbused(now)) {
                throw new ProtocolException(ByeCode.ABUSE, "too many frames that move nothing");
            }
        }
    }

    /** The peer breaks the protocol, or we can't follow it: the session is of no use any more, and the peer is told why. */
    private void violated(ProtocolException e) {
        bye(e.byeCode(), SafeText.message(e));
        linger();
        String what = e.byeCode() == ByeCode.ABUSE ? "the peer costs too much: " : "the peer broke the protocol: ";
        ended(new SessionOverException(what + e.getMessage(), e));
    }

    /** Ends the session: what lives in it fails. The peer is told, and the connection closed. */
    private void bye(int code, String text) {
        shared.lock().lock();
        try {
            // an exchange may have begun meanwhile
            if (shared.isPresent(this) && (code != ByeCode.IDLE || shared.liveCount() == 0)) {
                shared.core().output().bye(code, text);
            }
        } finally {
            shared.lock().unlock();
        }
        closeSoon();
    }

    /** The last frame is about to go out: the peer may take a moment to close then. */
    void closeSoon() {
        Timer.Task unused = shared.timer().after(LINGER, () -> ended(new IOException("the session was ended")));
    }

    /** Reads and drops until the peer has closed: to close with unread bytes would take our last frame from it. */
    private void linger() {
        ByteBuffer dropped = ByteBuffer.allocate(8 * 1024);
        try {
            while (connection.read(dropped.clear()) >= 0) {
                heartbeat.heard();
            }
        } catch (IOException e) {
            // it is closed all the more
        }
    }

    @Override
    public boolean isBusy() {
        return shared.liveCount() > 0;
    }

    @Override
    public void look(long now) {
        boolean unused = shared.lock().asked(() -> shared.links().cutStalled(now));
    }

    @Override
    public long pongs() {
        return shared.lock().asked(() -> shared.core().input().pongs());
    }

    @Override
    public void ping() {
        shared.lock().run(() -> shared.core().output().ping(shared.timer().nanoTime()));
    }

    @Override
    public void dead(IOException why) {
        ended(why);
    }

    @Override
    public void idle() {
        if (shared.isClient()) {
            bye(ByeCode.IDLE, "nothing was asked for");
        } else {
            shared.goAway(ByeCode.IDLE, Duration.ZERO, "nothing was asked for");
        }
    }

    /** It is lost, or of no use any more; the first reason counts. */
    void ended(IOException why) {
        synchronized (this) {
            if (cause == null) {
                cause = why;
            }
        }
        heartbeat.stop();
        boolean unused = shared.detach(this);
        connection.abort();
        writer.stop();
    }

    /** What sends. */
    CarrierWriter writer() {
        return writer;
    }

    /** Another connection has taken its place, or the session is over. */
    void fenced() {
        ended(new IOException("another connection carries the session now"));
    }
}
