package org.restream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The peer's message: a header, then a body of bytes. On a server it is the request, on a client the response.
 *
 * <p>Use it in one of two styles. <b>Stream style:</b> it is an {@link InputStream}. {@link #read()} returns -1 at the
 * peer's clean end, and throws a {@link ConnectionLostException} if the connection was lost, so a cut body never looks
 * like a whole one. <b>Event style:</b> attach listeners with {@link #onHeader}, {@link #onData} or {@link #onText},
 * {@link #onEnd}, and {@link #onError}. The first read, or the first {@code onData}, {@code onText} or {@code onEnd},
 * decides the style; using the other one afterwards throws an {@link IllegalStateException}. {@link #header()}, {@link
 * #onHeader} and {@link #onError} work in both styles, and the exchange still ends as in stream style if they are the
 * only ones used. (A server's header listener then counts as a part of its handler.)
 *
 * <p>Listeners: attach them in the handler. They are called one at a time, in the order header, data…, end or error, on
 * a thread of the exchange: after the handler has returned or, if the handler takes long, while it still runs. All but
 * the data listener are called at most once. A listener for header, end or error that is attached too late for the
 * event is still called (by the thread that attaches it, if the exchange is over). The body is delivered once {@code
 * onData} or {@code onText} is attached. If neither is attached when the handler returns, the body is read and
 * discarded, so that the end is still reached. A listener may block, which makes the peer wait. An exception of a
 * listener aborts the exchange.
 *
 * <p>Threads: only one thread may read at a time. {@link #header()} and the {@code on…} methods may be called from any
 * thread. If a thread's interrupt flag is set before it has to wait, it gets an {@link java.io.InterruptedIOException}
 * and the connection stays usable. An interrupt while it waits closes the connection, which is then lost.
 *
 * <p>Don't extend this class: later versions may add abstract methods. To test a handler, use
 * {@code org.restream.fake.FakeExchange}.
 */
public abstract class Incoming extends InputStream {
    /** For the library only. */
    protected Incoming() {}

    /**
     * The peer's header. Waits until it has arrived. If the peer ended without sending a byte, this is the empty header
     * if that is allowed ({@link ServerOptions#allowEmptyRequest}, {@link ClientOptions#allowEmptyAnswer}); otherwise
     * the exchange is lost.
     *
     * @return the header
     * @throws MalformedHeaderException if what arrived is not a header
     * @throws HeaderTooLargeException if it is longer than {@code maxHeaderBytes}
     * @throws ConnectionLostException if the connection was lost before the whole header had arrived
     * @throws RefusedException if it is the refusal of a server
     * @throws IOException an {@link java.io.InterruptedIOException} if the thread was interrupted
     */
    public abstract Header header() throws IOException;

    /**
     * The certificate of the peer, on a connection with TLS. It has been verified by the trust manager of this side's
     * {@code SSLContext} and, if the peer is a server, to be for the host that the client connected to. Never waits.
     *
     * @return the peer's own certificate; empty without TLS, and for a client that has shown none (a server has to
     *     {@linkplain ServerOptions#clientAuth ask} for it)
     */
    public abstract Optional<X509Certificate> peerCertificate();

    /**
     * The peer's address as this side sees it. If there is a proxy in between, it is that of the proxy, unless the proxy
     * {@linkplain ServerOptions#proxyProtocol names} its client. Never waits.
     *
     * @return the remote address and port of the connection, or those that the proxy has named
     */
    public InetSocketAddress peer() {
        throw new UnsupportedOperationException("this Incoming was not made by the library");
    }

    /**
     * The number of the exchange, which its events have too. A server counts its connections, a client its attempts.
     *
     * @return the number, from 1
     */
    public long exchange() {
        throw new UnsupportedOperationException("this Incoming was not made by the library");
    }

    /**
     * Reads the rest of the body as UTF-8 text. Waits for its end.
     *
     * @return the text, empty at the end of the body
     * @throws RestreamException if the body is not UTF-8; the message says where
     * @throws ConnectionLostException if the connection was lost before the end
     * @throws IOException as {@link #header()}
     * @throws IllegalStateException if listeners are attached
     */
    public abstract String readText() throws IOException;

    /**
     * Reads the rest of the body as UTF-8 text, like {@link #readText()}, but only up to a size.
     *
     * @param maxBytes the maximum number of bytes, 0 or more
     * @return the text, empty at the end of the body
     * @throws RestreamException if the body has more bytes, or is not UTF-8
     * @throws IOException as {@link #readText()}
     * @throws IllegalArgumentException if {@code maxBytes} is negative
     * @throws IllegalStateException if listeners are attached
     */
    public String readText(int maxBytes) throws IOException {
        throw new UnsupportedOperationException("this Incoming was not made by the library");
    }

    /**
     * The rest of the body as lines of UTF-8 text. The stream waits for the peer, and returns each line as soon as it
     * has arrived. A line is held in memory as a whole, however long it is. If the connection is lost or the body is
     * not UTF-8, the stream throws an {@link java.io.UncheckedIOException}.
     *
     * @return the lines, without line terminators
     */
    public Stream<String> lines() {
        return new BufferedReader(new InputStreamReader(this, StandardCharsets.UTF_8.newDecoder())).lines();
    }

    /**
     * Attaches a listener for the header. It is not called if the peer ended without sending a byte.
     *
     * @param listener called once, before data and end
     * @return this
     * @throws IllegalStateException if there is such a listener already
     */
    public abstract Incoming onHeader(Listener<? super Header> listener);

    /**
     * Attaches a listener for the bytes of the body, and starts their delivery.
     *
     * @param listener called with each chunk, which is never empty; it may keep the array
     * @return this
     * @throws IllegalStateException if the stream is being read, if there is a data or text listener already, or if the
     *     handler has returned without one, so that the body is being discarded
     */
    public abstract Incoming onData(Listener<? super byte[]> listener);

    /**
     * Attaches a listener for the body as UTF-8 text, and starts its delivery. Characters are never split between two
     * pieces. A body that is not UTF-8 fails the exchange; the error's message says where.
     *
     * @param listener called with each piece, which is never empty
     * @return this
     * @throws IllegalStateException as {@link #onData}
     */
    public abstract Incoming onText(Listener<? super String> listener);

    /**
     * Attaches a listener for the clean end.
     *
     * @param action called at most once, after all other listeners; not called after an error
     * @return this
     * @throws IllegalStateException if the stream is being read, or there is such a listener already
     */
    public abstract Incoming onEnd(Action action);

    /**
     * Attaches a listener for the failure of the exchange: the connection was lost, or what the peer sent is not a
     * message. With or without this listener, the failure is an event of the client or server.
     *
     * @param listener called at most once, after all other listeners
     * @return this
     * @throws IllegalStateException if there is such a listener already
     */
    public abstract Incoming onError(Listener<? super IOException> listener);

    /**
     * Stops reading. The rest of the body is discarded, within limits, so that the exchange can complete. The peer is
     * not informed; use {@link Outgoing#abort()} for that.
     *
     * @throws IOException never, in this version
     */
    @Override
    public abstract void close() throws IOException;
}
