package org.restream.fake;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.internal.fake.MemoryExchange;
import org.restream.internal.fake.ScriptedPeer;

/**
 * Runs a handler without sockets, for its test. You say what the peer sends, and see what it gets.
 *
 * <pre>{@code
 * FakeExchange.Result answer = FakeExchange.of(Header.of("name", "alice"), "a body")
 *         .serve((req, res) -> res.header("hello", req.header().get("name")).end(req.readText()));
 * }</pre>
 *
 * <p>The exchange is the real one: streams and listeners, ends and aborts, refusals and losses are those of a connection. Four things
 * are not: there is one attempt, so a client does not come back; the peer takes at once what the handler writes; all options have
 * their defaults; and nothing is logged or told as an event.
 *
 * <p>The handler runs on the calling thread. What happens in it after 10 ms, or after it has returned, may run on a second one, as in
 * a real exchange. Immutable: each method that takes a value returns a changed copy.
 */
public final class FakeExchange {
    private final Header header;
    private final Supplier<InputStream> body;
    private final boolean lost;
    private final InetSocketAddress peer;
    private final @Nullable X509Certificate certificate;
    private final Duration limit;

    private FakeExchange(
            Header header,
            Supplier<InputStream> body,
            boolean lost,
            InetSocketAddress peer,
            @Nullable X509Certificate certificate,
            Duration limit) {
        this.header = header;
        this.body = body;
        this.lost = lost;
        this.peer = peer;
        this.certificate = certificate;
        this.limit = limit;
    }

    /**
     * A peer that sends a header, a body of text, and its clean end.
     *
     * @param header the header
     * @param body the body; sent as UTF-8
     * @return what to run handlers with, as often as you like
     */
    public static FakeExchange of(Header header, String body) {
        return of(header, body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A peer that sends a header, a body, and its clean end.
     *
     * @param header the header
     * @param body the body
     * @return what to run handlers with, as often as you like
     */
    public static FakeExchange of(Header header, byte[] body) {
        byte[] copy = body.clone();
        return of(header, () -> new ByteArrayInputStream(copy));
    }

    /**
     * A peer that sends a header, then what the stream gives, when it gives it. The end of the stream is the peer's clean end. Where
     * reading it throws, the connection is lost. One that waits has to heed an interrupt, as a {@link java.io.PipedInputStream} does.
     *
     * @param header the header
     * @param body the body
     * @return what to run one handler with
     */
    public static FakeExchange of(Header header, InputStream body) {
        Objects.requireNonNull(body, "body");
        return of(header, () -> body);
    }

    private static FakeExchange of(Header header, Supplier<InputStream> body) {
        Objects.requireNonNull(header, "header");
        return new FakeExchange(header, body, false, ScriptedPeer.ADDRESS, null, Duration.ofSeconds(10));
    }

    /**
     * The connection is lost after the body: there is no clean end.
     *
     * @return a copy
     */
    public FakeExchange lost() {
        return new FakeExchange(header, body, true, peer, certificate, limit);
    }

    /**
     * What {@link org.restream.Incoming#peer()} gives.
     *
     * @param peer the peer's address. Default: a port of this machine
     * @return a copy
     */
    public FakeExchange peer(InetSocketAddress peer) {
        Objects.requireNonNull(peer, "peer");
        return new FakeExchange(header, body, lost, peer, certificate, limit);
    }

    /**
     * What {@link org.restream.Incoming#peerCertificate()} gives.
     *
     * @param certificate the peer's certificate. Default: none
     * @return a copy
     */
    public FakeExchange peerCertificate(X509Certificate certificate) {
        Objects.requireNonNull(certificate, "certificate");
        return new FakeExchange(header, body, lost, peer, certificate, limit);
    }

    /**
     * How long the exchange may take. After that it fails, and the handler is interrupted: so a test of a handler that forgets
     * {@link org.restream.Outgoing#end()} ends.
     *
     * @param limit more than 0. Default: 10 s
     * @return a copy
     * @throws IllegalArgumentException if it is 0 or less
     */
    public FakeExchange limit(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("limit must be more than 0, not " + limit);
        }
        return new FakeExchange(header, body, lost, peer, certificate, limit);
    }

    /**
     * Runs a server's handler: the peer is a client. Returns when the exchange has ended.
     *
     * @param handler the handler
     * @return what came of it
     */
    public Result serve(RestreamServer.Handler handler) {
        return new Result(MemoryExchange.serve(script(), limit, Objects.requireNonNull(handler, "handler")));
    }

    /**
     * Runs a client's handler: the peer is a server. It does not wait for the request, so its answer is there from the start.
     * Returns when the exchange has ended.
     *
     * @param handler the handler
     * @return what came of it
     */
    public Result ask(RestreamClient.Handler handler) {
        return new Result(MemoryExchange.ask(script(), limit, Objects.requireNonNull(handler, "handler")));
    }

    private ScriptedPeer script() {
        return new ScriptedPeer(header, body.get(), lost, peer, certificate);
    }

    /** What the peer has got, and how the exchange has ended. */
    public static final class Result {
        private final MemoryExchange.Result result;

        private Result(MemoryExchange.Result result) {
            this.result = result;
        }

        /**
         * The header that the peer has got.
         *
         * @return the header
         * @throws IllegalStateException if it has got none; the cause says why
         */
        public Header header() {
            if (result.header() == null) {
                throw new IllegalStateException("the peer has got no header", result.cause());
            }
            return result.header();
        }

        /**
         * The body that the peer has got, or as much of it as went out before a failure: see {@link #isWhole()}.
         *
         * @return the bytes, yours to keep
         */
        public byte[] body() {
            return result.body().clone();
        }

        /**
         * The body that the peer has got, as UTF-8 text.
         *
         * @return the text; what is not UTF-8 is replaced
         */
        public String text() {
            return new String(result.body(), StandardCharsets.UTF_8);
        }

        /**
         * Whether the peer has got the clean end of the handler's message. If not, it has got a reset.
         *
         * @return true for a clean end
         */
        public boolean isWhole() {
            return result.whole();
        }

        /**
         * Why the exchange did not complete: what {@link org.restream.ServerEvent.Failed} or
         * {@link org.restream.ClientEvent.Lost} would tell. It is what the handler has thrown, a {@link org.restream.Refusal} too; or a
         * {@link org.restream.RestreamException} for what the peer has done.
         *
         * @return the cause; empty where both messages have ended cleanly
         */
        public Optional<Throwable> cause() {
            return Optional.ofNullable(result.cause());
        }

        /** {@return what the other methods give, in one line} */
        @Override
        public String toString() {
            return "Result[header=" + result.header() + ", body=" + result.body().length + " bytes, whole="
                    + result.whole() + ", cause=" + result.cause() + "]";
        }
    }
}
