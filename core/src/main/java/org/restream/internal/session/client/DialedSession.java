package org.restream.internal.session.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.link.Connection;
import org.restream.internal.session.SessionConfig;
import org.restream.internal.session.carrier.Allowance;
import org.restream.internal.session.carrier.Carrier;
import org.restream.internal.session.carrier.FirstLine;
import org.restream.internal.session.carrier.SharedSession;
import org.restream.internal.session.wire.Hello;
import org.restream.internal.session.wire.MemoryId;
import org.restream.internal.session.wire.PlainMessageException;
import org.restream.internal.session.wire.Proof;
import org.restream.internal.session.wire.ProtocolException;
import org.restream.internal.session.wire.SessionId;
import org.restream.internal.session.wire.SessionKey;
import org.restream.internal.text.Durations;
import org.restream.internal.text.SafeText;

/** A session as its client knows it: its names and secrets, and the first lines it says. Used by one thread. */
final class DialedSession {
    static final int WINDOW = 32 * 1024;
    private static final int MAX_FRAME = 64 * 1024;
    private static final int QUANTUM = 16 * 1024;
    private static final int MAX_WINDOW = 4 * 1024 * 1024;
    private static final long GROWTH = 8 * 1024 * 1024;
    private static final Duration BEAT = Duration.ofSeconds(10);
    /** How long a server may take with its first line. */
    private static final Duration HELLO_TIMEOUT = Duration.ofSeconds(5);
    /** What is asked for; the server may promise less. */
    private static final Duration KEEP = Duration.ofDays(1);

    private final SharedSession shared;
    private final SecureRandom random;
    private final Timer timer;
    private SessionId id;
    private SessionKey key;
    private final ResumeSchedule schedule =
            new ResumeSchedule(() -> ThreadLocalRandom.current().nextDouble());
    private @Nullable Welcomed welcomed;
    private long epoch = 1;

    /** What the server has promised, on the newest connection. */
    private record Welcomed(MemoryId memory, Duration keep, Duration beat, int maxFrame, long window) {
        static Welcomed by(Hello.Welcome welcome) {
            return new Welcomed(
                    welcome.memory(),
                    Duration.ofMillis(welcome.keepMillis()),
                    Duration.ofMillis(welcome.beatMillis()),
                    welcome.maxFrame(),
                    welcome.window());
        }
    }

    DialedSession(Timer timer, SecureRandom random) {
        this.timer = timer;
        this.random = random;
        id = SessionId.random(random);
        key = SessionKey.random(random);
        shared = new SharedSession(
                new SessionConfig(true, WINDOW, MAX_WINDOW, GROWTH, 0, QUANTUM, MAX_FRAME),
                Allowance.CLIENT,
                timer,
                (link, deadline) -> {
                    throw new IllegalStateException("a server opens no exchange");
                });
    }

    SharedSession shared() {
        return shared;
    }

    String name() {
        return id.shortText();
    }

    long epoch() {
        return epoch;
    }

    /** The waits before attempts to resume, over all its connections. */
    ResumeSchedule schedule() {
        return schedule;
    }

    /** How long the server keeps the exchanges after a loss. */
    Duration keep() {
        return known().keep;
    }

    private Welcomed known() {
        Welcomed known = welcomed;
        if (known == null) {
            throw new IllegalStateException("no server has the session yet");
        }
        return known;
    }

    /**
     * Asks for it on a new connection.
     *
     * @throws RefusedSessionException the server does not want to
     * @throws IOException it says something else, or nothing
     */
    Attached begin(Connection connection) throws IOException {
        // one of which the answer was lost has carried nothing, and is never asked for again
        id = SessionId.random(random);
        key = SessionKey.random(random);
        epoch = 1;
        ByteBuffer rest = ByteBuffer.allocate(1024).limit(0);
        Hello.Welcome welcome = ask(
                connection,
                new Hello.New(id, key, 1, (int) KEEP.toMillis(), (int) BEAT.toMillis(), WINDOW, MAX_FRAME),
                rest);
        check(welcome, Proof.ofWelcome(key, id, welcome.memory(), 1));
        welcomed = Welcomed.by(welcome);
        return attach(connection, welcome, false, rest);
    }

    /** Asks for it again, after a loss. */
    Attached resume(Connection connection, long lostMillis) throws IOException {
        Welcomed known = known();
        epoch++;
        ByteBuffer rest = ByteBuffer.allocate(1024).limit(0);
        Hello.Welcome welcome = ask(
                connection,
                new Hello.Resume(id, known.memory, epoch, Proof.ofResume(key, id, known.memory, epoch), (int)
                        Math.min(lostMillis, Integer.MAX_VALUE)),
                rest);
        check(welcome, Proof.ofWelcome(key, id, known.memory, epoch));
        if (!welcome.memory().equals(known.memory)) {
            throw new WrongServerException();
        }
        welcomed = Welcomed.by(welcome);
        return attach(connection, welcome, true, rest);
    }

    /** Whether that is where the session lives. */
    boolean isIn(@Nullable MemoryId memory) {
        return known().memory.equals(memory);
    }

    private Hello.Welcome ask(Connection connection, Hello hello, ByteBuffer rest) throws IOException {
        AtomicBoolean late = new AtomicBoolean();
        Timer.Task watchdog = timer.after(HELLO_TIMEOUT, () -> {
            late.set(true);
            end(connection);
        });
        try {
            FirstLine.write(connection, hello);
            Hello answer = FirstLine.read(connection, rest);
            if (answer instanceof Hello.Welcome welcome) {
                return welcome;
            } else if (answer instanceof Hello.Refuse refuse) {
                throw new RefusedSessionException(refuse);
            }
            if (answer == null) {
                throw new IOException("it ended the connection");
            }
            throw new NoSessionsException("it answered with no line of the session protocol restream/1", false);
        } catch (ProtocolException e) {
            throw new NoSessionsException(SafeText.message(e), e instanceof PlainMessageException);
        } catch (RefusedSessionException | NoSessionsException e) {
            throw e;
        } catch (IOException e) {
            boolean silent = late.get();
            String why = silent ? "it said nothing for " + Durations.text(HELLO_TIMEOUT) : SafeText.message(e);
            throw new NoAnswerException("the server did not answer the session's first line: " + why, silent, e);
        } finally {
            watchdog.cancel();
        }
    }

    /** Not by a reset: a peer of the original may die of one. */
    static void end(Connection connection) {
        try {
            connection.finish();
            connection.close();
        } catch (IOException e) {
            connection.abort();
        }
    }

    private void check(Hello.Welcome welcome, Proof right) throws IOException {
        if (welcome.epoch() != epoch || !welcome.proof().equals(right)) {
            throw new WrongServerException();
        }
    }

    private Attached attach(Connection connection, Hello.Welcome welcome, boolean resumed, ByteBuffer rest) {
        Welcomed known = known();
        Carrier carrier = new Carrier(shared, connection, MAX_FRAME, known.beat, Duration.ZERO);
        shared.attach(carrier, resumed, known.window, welcome.exchanges(), known.maxFrame);
        return new Attached(carrier, rest);
    }

    /** A connection that carries the session, once it is run. */
    record Attached(Carrier carrier, ByteBuffer rest) {
        IOException run() {
            return carrier.run(rest);
        }
    }
}
