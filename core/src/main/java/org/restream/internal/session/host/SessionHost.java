package org.restream.internal.session.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.link.Connection;
import org.restream.internal.session.carrier.Allowance;
import org.restream.internal.session.carrier.Carrier;
import org.restream.internal.session.carrier.FirstLine;
import org.restream.internal.session.carrier.SessionOverException;
import org.restream.internal.session.carrier.SharedSession;
import org.restream.internal.session.wire.ByeCode;
import org.restream.internal.session.wire.Hello;
import org.restream.internal.session.wire.MemoryId;
import org.restream.internal.session.wire.Proof;
import org.restream.internal.session.wire.ProtocolException;
import org.restream.internal.session.wire.RefuseCode;
import org.restream.internal.text.SafeText;

/**
 * The sessions of a server. Each connection that begins with a session's first line is served here, on its own thread. What a
 * connection says is checked whole before anything of a session is touched.
 */
public final class SessionHost {
    private final HostConfig config;
    private final HostListener listener;
    private final Timer timer;
    private final MemoryId memory;
    private final SessionTable sessions;
    private final MemoryLedger ledger;
    private final ResumeCheck resumes;

    public SessionHost(HostConfig config, HostListener listener, Timer timer, SecureRandom random) {
        this.config = config;
        this.listener = listener;
        this.timer = timer;
        memory = MemoryId.random(random);
        sessions = new SessionTable(config, listener);
        resumes = new ResumeCheck(sessions, memory, timer);
        ledger = new MemoryLedger(config.memory());
    }

    /** How many sessions there are. */
    public int count() {
        return sessions.count();
    }

    /** How many bytes are not granted to any session. */
    long freeMemory() {
        return ledger.free();
    }

    /**
     * Serves a connection until it ends.
     *
     * @param in what has come already, the first byte of the first line at least
     * @param begins is run once it carries a session
     * @return null where a session was carried, else why not
     */
    public @Nullable IOException serve(Connection connection, ByteBuffer in, Runnable begins) {
        try {
            Hello hello = hello(connection, in);
            if (hello instanceof Hello.New asked) {
                return begin(connection, asked, in, begins);
            } else if (hello instanceof Hello.Resume resume) {
                return resume(connection, resume, in, begins);
            }
            String code = hello instanceof Hello.OtherVersion ? RefuseCode.VERSION : RefuseCode.MALFORMED;
            return RefusingLine.say(connection, Hello.Refuse.of(code, "a client says new or resume"));
        } catch (ProtocolException e) {
            return RefusingLine.say(connection, Hello.Refuse.of(RefuseCode.MALFORMED, SafeText.message(e)));
        } catch (IOException e) {
            connection.abort();
            return e;
        }
    }

    private Hello hello(Connection connection, ByteBuffer in) throws IOException {
        Timer.Task watchdog = config.helloTimeout().isZero()
                ? Timer.Task.NONE
                : timer.after(config.helloTimeout(), connection::abort);
        try {
            Hello hello = FirstLine.read(connection, in);
            if (hello == null) {
                throw new IOException("the peer ended the connection within its first line");
            }
            return hello;
        } finally {
            watchdog.cancel();
        }
    }

    private @Nullable IOException begin(Connection connection, Hello.New asked, ByteBuffer in, Runnable begins)
            throws IOException {
        if (asked.epoch() != 1) {
            return RefusingLine.say(
                    connection,
                    Hello.Refuse.of(RefuseCode.MALFORMED, "a new session has epoch 1, not " + asked.epoch()));
        }
        MemoryLedger.Account account = ledger.open(config.session(asked.maxFrame()));
        if (account == null) {
            return RefusingLine.say(connection, SessionTable.busy("there is no memory for more sessions"));
        }
        HostedSession session = made(connection, asked, account);
        Hello.Refuse no = sessions.enter(session);
        if (no != null) {
            account.close();
            return RefusingLine.say(connection, no);
        }
        begins.run();
        carry(connection, session, 1, false, in);
        return null;
    }

    private HostedSession made(Connection connection, Hello.New asked, MemoryLedger.Account account) {
        Duration most = sessions.keep(NetworkKey.of(connection.peer().getAddress()));
        HostedSession session = new HostedSession(
                asked.session(),
                asked.key(),
                connection,
                min(most, Duration.ofMillis(asked.keepMillis())),
                asked.window(),
                asked.maxFrame(),
                account,
                sessions.away(),
                timer);
        session.share(new SharedSession(
                config.session(asked.maxFrame()),
                new Allowance(account.places(), account, config.stallTimeout()),
                timer,
                listener.exchanges(session)));
        return session;
    }

    private @Nullable IOException resume(Connection connection, Hello.Resume asked, ByteBuffer in, Runnable begins)
            throws IOException {
        ResumeCheck.Found found = resumes.find(connection, asked);
        HostedSession session = found.session();
        if (session == null) {
            return RefusingLine.say(connection, found.no());
        }
        InetSocketAddress before = session.peer();
        boolean fences = session.shared().isAttached();
        if (!session.mayBeTaken()) {
            return RefusingLine.say(connection, SessionTable.busy("the session was taken over too often"));
        }
        if (!session.claim(asked.epoch())) {
            return RefusingLine.say(
                    connection, Hello.Refuse.of(RefuseCode.FENCED, "a newer connection has taken the session"));
        }
        begins.run();
        if (fences) {
            listener.fenced(session, before);
        }
        listener.resumed(session, asked.epoch(), session.awayMillis());
        carry(connection, session, asked.epoch(), true, in);
        return null;
    }

    private void carry(Connection connection, HostedSession session, long epoch, boolean resumed, ByteBuffer in) {
        Carrier carrier =
                new Carrier(session.shared(), connection, HostConfig.MAX_FRAME, config.beat(), config.idleTimeout());
        IOException why;
        try {
            FirstLine.write(connection, welcome(session, epoch));
            if (!session.attach(carrier, epoch, resumed)) {
                connection.abort();
                return;
            }
            why = carrier.run(in);
        } catch (IOException e) {
            connection.abort();
            why = e;
        }
        lost(session, why);
    }

    private Hello.Welcome welcome(HostedSession session, long epoch) {
        return new Hello.Welcome(
                memory,
                epoch,
                (int) session.keep().toMillis(),
                (int) config.beat().toMillis(),
                config.window(),
                HostConfig.MAX_FRAME,
                session.shared().allowed(),
                session.shared().seen(),
                Proof.ofWelcome(session.key(), session.id(), memory, epoch));
    }

    /** A connection of it has ended. Also with nothing alive here it is kept: the client may have asked, and come back to say so. */
    private void lost(HostedSession session, IOException why) {
        IOException over = session.shared().over();
        if (over != null
                || session.keep().isZero()
                || (sessions.isDraining() && session.shared().liveCount() == 0)) {
            if (!session.shared().isAttached()) {
                sessions.end(session, ByeCode.SHUTDOWN, over == null ? why : over);
            }
        } else if (session.lost(() -> expired(session, why))) {
            listener.away(session, why);
        }
    }

    private void expired(HostedSession session, IOException why) {
        if (!session.shared().isAttached()) {
            resumes.expires(session);
            sessions.end(
                    session, ByeCode.SHUTDOWN, new SessionOverException("the client did not come back in time", why));
        }
    }

    /**
     * Takes no new session or exchange from now on. Each session ends as soon as nothing lives in it.
     *
     * @param grace for about how long what lives may go on, which clients are told
     */
    public void drain(Duration grace) {
        sessions.drain(grace);
    }

    /** Ends all sessions. None begins any more. */
    public void close() {
        sessions.close();
    }

    /** Waits, after {@link #close}, until the listener has heard of the end of each. */
    public void awaitEnded() {
        sessions.awaitEnded();
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
