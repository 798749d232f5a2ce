package org.restream.internal.session.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamServer.Handler;
import org.restream.RestreamSession;
import org.restream.internal.session.wire.FrameEncoder;
import org.restream.testing.ManualTimer;
import org.restream.testing.RawSession;

/** A server of sessions whose clock a test moves, an honest client of it, and a raw one that is none. */
final class Attacked implements AutoCloseable {
    static final long MEMORY = 64L * 1024 * 1024;
    static final HostConfig CONFIG = new HostConfig(
            Duration.ofSeconds(30),
            64,
            1_000,
            1_000,
            1_000,
            1_000,
            MEMORY,
            Duration.ofMinutes(10),
            32 * 1024,
            Duration.ofSeconds(10),
            Duration.ZERO,
            Duration.ofSeconds(10));
    /** What a session gets at first, and what it may grow by. */
    static final long MOST_MEMORY = 64L * 48 * 1024 + 2 * HostConfig.GROWTH;

    final ManualTimer clock = new ManualTimer();
    final TestHost server;
    private final RestreamSession honest;
    private final int threads;

    Attacked(HostConfig config, Handler handler) throws Exception {
        server = new TestHost(config, clock, (req, res) -> {
            if (Long.valueOf(1).equals(req.header().getLong("honest"))) {
                res.end(req.readText());
            } else {
                handler.handle(req, res);
            }
        });
        honest = Restream.createSession(ClientOptions.defaults()
                .servers("127.0.0.1:" + server.address().getPort())
                .listener(event -> {}));
        goesOn();
        threads = Thread.getAllStackTraces().size();
    }

    RawSession attacker() throws Exception {
        return RawSession.begun(server.address());
    }

    /** The honest client is served, and the attack has cost no more than it may. */
    void goesOn() throws Exception {
        String answer = honest.exchangeAsync((req, res) -> {
                    req.header("honest", 1).end("question");
                    return res.readText();
                })
                .get(10, TimeUnit.SECONDS);
        assertThat(answer).isEqualTo("question");
        assertThat(server.host.freeMemory()).isBetween(MEMORY - 2 * MOST_MEMORY, MEMORY);
    }

    void isBounded(int handlers) throws Exception {
        goesOn();
        // per session a writer; per handler it and its reader; some of the JVM's
        assertThat(Thread.getAllStackTraces().size()).isLessThan(threads + 2 * handlers + 12);
    }

    /** All that was said so far has been read. Returns the first frame of those in the answer that is B, or "P". */
    static String heard(RawSession raw, long token) throws Exception {
        try {
            raw.frames(out -> FrameEncoder.ping(out, false, token));
        } catch (java.net.SocketException e) {
            // closed: what it has said can still be read
        }
        while (true) {
            String next = raw.frame();
            if (next.startsWith("P 1") || next.startsWith("B ") || next.equals("end") || next.equals("reset")) {
                return next;
            }
        }
    }

    /**
     * Sends as much as empties the bucket, and goes on so, with a clock that advances, until the server has had enough.
     *
     * @param frames a tenth of a second's work, more than the bucket gets in that time
     * @return the server's last word
     */
    String flood(RawSession raw, Consumer<ByteBuffer> frames) throws Exception {
        String last = "";
        for (int i = 0; i < 400 && !last.startsWith("B ") && !last.startsWith("e") && !last.startsWith("r"); i++) {
            try {
                raw.frames(frames);
            } catch (java.net.SocketException e) {
                // closed
            }
            last = heard(raw, i);
            if (i > 90) {
                clock.advance(Duration.ofMillis(100));
            }
        }
        return last;
    }

    @Override
    public void close() {
        honest.abort();
        server.close();
    }
}
