package org.restream.internal.session.host;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.link.Connection;
import org.restream.internal.session.host.Tombstones.Stone;
import org.restream.internal.session.wire.Hello;
import org.restream.internal.session.wire.MemoryId;
import org.restream.internal.session.wire.Proof;
import org.restream.internal.session.wire.RefuseCode;
import org.restream.internal.session.wire.SessionKey;

/** Whether who asks for a session may have it, or may at least hear that it is over. */
final class ResumeCheck {
    /**
     * What was found.
     *
     * @param session the one that was proved; null where none was
     * @param no what to say then; null for nothing
     */
    record Found(@Nullable HostedSession session, Hello.@Nullable Refuse no) {}

    private final SessionTable sessions;
    private final MemoryId memory;
    private final Timer timer;
    private final FailedResumes failed = new FailedResumes();
    private final Tombstones stones = new Tombstones();

    ResumeCheck(SessionTable sessions, MemoryId memory, Timer timer) {
        this.sessions = sessions;
        this.memory = memory;
        this.timer = timer;
    }

    /** The session is about to end, since its client has not come back. */
    void expires(HostedSession session) {
        stones.add(
                new Stone(
                        session.id(),
                        session.key(),
                        session.identity(),
                        session.shared().left(),
                        timer.nanoTime() + Tombstones.KEPT.toNanos()),
                timer.nanoTime());
    }

    /** Compares all in the same time, whether there is such a session or not. */
    Found find(Connection connection, Hello.Resume asked) {
        HostedSession session = sessions.get(asked.session());
        Stone stone = session == null ? stones.get(asked.session(), timer.nanoTime()) : null;
        SessionKey key = session != null ? session.key() : stone == null ? null : stone.key();
        boolean proved = Proof.isRight(key, asked) && asked.memory().equals(memory);
        if (proved && session != null && session.isSameIdentity(connection)) {
            return new Found(session, null);
        }
        if (proved && stone != null && Objects.equals(stone.identity(), HostedSession.identityOf(connection))) {
            return new Found(null, new Hello.Refuse(RefuseCode.EXPIRED, "", memory, -1, List.of(), stone.exchanges()));
        }
        // to ask for what was in another process is no guess
        boolean silent = asked.memory().equals(memory)
                && failed.isTooMany(NetworkKey.of(connection.peer().getAddress()), timer.nanoTime());
        return new Found(
                null,
                silent ? null : new Hello.Refuse(RefuseCode.UNKNOWN_SESSION, "", memory, -1, List.of(), List.of()));
    }
}
