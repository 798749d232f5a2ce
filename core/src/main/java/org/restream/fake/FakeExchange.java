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
 * Runs a handler in a test, without sockets. You define what the peer sends, and get what it receives.
 *
 * <pre>{@code
 * FakeExchange.Result answer = FakeExchange.of(Header.of("name", "alice"), "a body")
 *         .serve((req, res) -> res.header("hello", req.header().get("name")).end(req.readText()));
 * }</pre>
 *
 * <p>The exchange is real: streams and listeners, ends and aborts, refusals and losses behave as on a connection. Four
 * things are different: there is one attempt, so a client does not reconnect; the peer immediately receives what the
 * handler writes; all options have their defaults; and there is no log and there are no events.
 *
 * <p>The handler runs on the calling thread. As in a real exchange, its listeners may be called on a second thread when
 * the handler has run for 10 ms or has returned. Instances are immutable: each method that takes a value returns a
 * changed copy.
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
     * A peer that sends a header, a text as its body, and a clean end.
     *
     * @param header the header
     * @param body the body, which is sent as UTF-8
     * @return an exchange that can run any number of handlers
     */
    public static FakeExchange of(Header header, String body) {
        return of(header, body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A peer that sends a header, a body, and a clean end.
     *
     * @param header the header
     * @param body the body
     * @return an exchange that can run any number of handlers
     */
    public static FakeExchange of(Header header, byte[] body) {
        byte[] copy = body.clone();
        return of(header, () -> new ByteArrayInputStream(copy));
    }

    /**
     * A peer that sends a header, and then the content of a stream as it becomes available. The end of the stream is
     * the peer's clean end. If a read of the stream throws, the connection is lost. A stream whose reads wait must
     * react to an interrupt, as a {@link java.io.PipedInputStream} does.
     *
     * @param header the header
     * @param body the body
     * @return an exchange that can run one handler
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
     * Makes the connection be lost after the body, in place of a clean end.
     *
     * @return a copy
     */
    public FakeExchange lost() {
        return new FakeExchange(header, body, true, peer, certificate, limit);
    }

    /**
     * Sets the result of {@link org.restream.Incoming#peer()}.
     *
     * @param peer the peer's address. Default: a port of this machine
     * @return a copy
     */
    public FakeExchange peer(InetSocketAddress peer) {
        Objects.requireNonNull(peer, "peer");
        return new FakeExchange(header, body, lost, peer, certificate, limit);
    }

    /**
     * Sets the result of {@link org.restream.Incoming#peerCertificate()}.
     *
     * @param certificate the peer's certificate. Default: none
     * @return a copy
     */
    public FakeExchange peerCertificate(X509Certificate certificate) {
        Objects.requireNonNull(certificate, "certificate");
        return new FakeExchange(header, body, lost, peer, certificate, limit);
    }

    /**
     * Sets how long the exchange may take. After that it fails, and the handler is interrupted. So even the test of a
     * handler that forgets {@link org.restream.Outgoing#end()} ends.
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
     * Runs a server's handler, with a client as its peer. Returns when the exchange has ended.
     *
     * @param handler the handler
     * @return the result
     */
    public Result serve(RestreamServer.Handler handler) {
        return new Result(MemoryExchange.serve(script(), limit, Objects.requireNonNull(handler, "handler")));
    }

    /**
     * Runs a client's handler, with a server as its peer. The server does not wait for the request: its answer is
     * available from the start. Returns when the exchange has ended.
     *
     * @param handler the handler
     * @return the result
     */
    public Result ask(RestreamClient.Handler handler) {
        return new Result(MemoryExchange.ask(script(), limit, Objects.requireNonNull(handler, "handler")));
    }

    private ScriptedPeer script() {
        return new ScriptedPeer(header, body.get(), lost, peer, certificate);
    }

    /** What the peer has received, and how the exchange has ended. */
    public static final class Result {
        private final MemoryExchange.Result result;

        private Result(MemoryExchange.Result result) {
            this.result = result;
        }

        /**
         * The header that the peer has received.
         *
         * @return the header
         * @throws IllegalStateException if it has received none; the exception's cause says why
         */
        public Header header() {
            if (result.header() == null) {
                throw new IllegalStateException("the peer has received no header", result.cause());
            }
            return result.header();
        }

        /**
         * The body that the peer has received, or the part that was sent before a failure: see {@link #isWhole()}.
         *
         * @return the bytes, in an array that you may keep
         */
        public byte[] body() {
            return result.body().clone();
        }

        /**
         * The body that the peer has received, as UTF-8 text.
         *
         * @return the text; invalid UTF-8 is replaced
         */
        public String text() {
            return new String(result.body(), StandardCharsets.UTF_8);
        }

        /**
         * Whether the peer has received the clean end of the handler's message. If not, it has received a reset.
         *
         * @return true for a clean end
         */
        public boolean isWhole() {
            return result.whole();
        }

        /**
         * Why the exchange did not complete: the cause of {@link org.restream.ServerEvent.Failed} or
         * {@link org.restream.ClientEvent.Lost}. It is the exception that the handler has thrown, including a
         * {@link org.restream.Refusal}, or a {@link org.restream.RestreamException} for what the peer has done.
         *
         * @return the cause; empty if both messages have ended cleanly
         */
        public Optional<Throwable> cause() {
            return Optional.ofNullable(result.cause());
        }

        /** {@return the values of the other methods, in one line} */
        @Override
        public String toString() {
            return "Result[header=" + result.header() + ", body=" + result.body().length + " bytes, whole="
                    + result.whole() + ", cause=" + result.cause() + "]";
        }
    }
}
