package org.restream.internal.session.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.session.SessionConfig;
import org.restream.internal.session.wire.CutCode;
import org.restream.internal.session.wire.Flags;

/** Who hears of a cut. */
class LinkCutTest {
    private static final int BOTH = Flags.CUT_MINE | Flags.CUT_YOURS;

    private final SharedSession shared = new SharedSession(
            new SessionConfig(true, 1024, 1024, 0, 0, 1024, 1024),
            Allowance.CLIENT,
            Timer.system(),
            (link, deadline) -> {});
    private final AtomicInteger told = new AtomicInteger();

    /** An exchange that the server knows of. */
    private SessionLink opened() throws Exception {
        SessionLink link = shared.open();
        link.onCut(why -> told.incrementAndGet());
        link.write(ByteBuffer.wrap(new byte[1]));
        shared.lock().run(() -> shared.core().connected(false, 1024, 1));
        send();
        return link;
    }

    private void send() {
        FrameWriter frames = new FrameWriter();
        frames.begin(ByteBuffer.allocate(8 * 1024));
        shared.lock().run(() -> shared.core().output().produce(frames));
    }

    private void serverCuts() throws Exception {
        shared.lock().lock();
        try {
            shared.core().input().cut(1, BOTH, CutCode.FAILED, 0, "");
        } finally {
            shared.lock().unlock();
        }
    }

    @Test
    void a_cut_by_the_peer_is_heard_of_once() throws Exception {
        SessionLink link = opened();
        serverCuts();
        assertThat(told).hasValue(1);
        link.abort();
        assertThat(told).hasValue(1);
    }

    /** The answer to our own cut must not be taken for the reason. */
    @Test
    void who_has_cut_it_does_not_hear_of_the_peers_cut_that_follows() throws Exception {
        SessionLink link = opened();
        link.abort();
        send();
        serverCuts();
        assertThat(told).hasValue(0);
    }
}
