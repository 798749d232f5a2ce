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
 * What the peer says: a header, then a body of bytes. On the server it is the request, on the client the response.
 *
 * <p>It can be used in two styles, one per stream. <b>Stream style:</b> it is an {@link InputStream}; {@link #read()}
 * gives -1 at the peer's clean end, and throws {@link ConnectionLostException} where the connection was lost, so a cut
 * body is never taken for a whole one. <b>Event style:</b> {@link #onHeader}, {@link #onData} or {@link #onText},
 * {@link #onEnd}, {@link #onError}. The second style used on the same stream is refused with an
 * {@link IllegalStateException}; {@link #header()}, {@link #onHeader} and {@link #onError} go with both.
 *
 * <p>Listeners: attach them in the handler. They are called one at a time, in the order header, data…, end or error, on a
 * thread of the exchange: after the handler has returned, or, where it takes its time, while it still runs. Each is called
 * at most once, but for data; header, end and error are sticky, so a listener attached late is still called (by the thread
 * that attaches it, if the exchange is over). Body bytes
 * flow once {@code onData} or {@code onText} is attached; with none of them attached when the handler returns, the body is
 * read and dropped, so that the end still comes. A listener may block, which holds the peer back, and what it throws
 * aborts the exchange.
 *
 * <p>The first read decides which style it is, or the first {@code onData}, {@code onText} or {@code onEnd}. Listeners of the
 * header and of errors go with both: with them alone the exchange ends as in stream style (a server's header listener counts as a
 * part of its handler).
 *
 * <p>Threads: one thread at a time reads. {@link #header()} and the {@code on…} methods may be called from any thread. A thread that
 * is interrupted before it waits gets an {@link java.io.InterruptedIOException}, and the connection stays as it was; one that is
 * interrupted while it waits has cut the connection.
 *
 * <p>It is not for extension: a later version may have more methods. A handler is tested with {@code org.restream.fake.FakeExchange}.
 */
public abstract class Incoming extends InputStream {
    /** For the library. */
    protected Incoming() {}

    /**
     * The peer's header; waits until it is there. A peer that ended without a byte has the empty header, where that is allowed
     * ({@link ServerOptions#allowEmptyRequest}, {@link ClientOptions#allowEmptyAnswer}); else it is lost.
     *
     * @return the header
     * @throws MalformedHeaderException if what arrived is no header
     * @throws HeaderTooLargeException if it is longer than {@code maxHeaderBytes}
     * @throws ConnectionLostException if the connection was lost before the header was whole
     * @throws RefusedException if it is a server's refusal
     * @throws IOException as {@link java.io.InterruptedIOException}, if the thread was interrupted
     */
    public abstract Header header() throws IOException;

    /**
     * Whom the peer has shown to be, where the connection is TLS. It was verified: by the trust manager of this side's
     * {@code SSLContext}, and where the peer is a server, as the host that was meant. Known from the start; never waits.
     *
     * @return the peer's own certificate; empty on a plain connection, and where the peer has shown none (a client, unless
     *     the server {@linkplain ServerOptions#clientAuth asks} for one)
     */
    public abstract Optional<X509Certificate> peerCertificate();

    /**
     * The peer's address, as this side sees it: of a proxy, where one is on the way. Known from the start; never waits.
     *
     * @return the address and port of the connection's other end
     */
    public InetSocketAddress peer() {
        throw new UnsupportedOperationException("this Incoming is not the library's");
    }

    /**
     * The exchange's number, as in the events: on a server it counts its connections, on a client its attempts.
     *
     * @return the number, from 1
     */
    public long exchange() {
        throw new UnsupportedOperationException("this Incoming is not the library's");
    }

    /**
     * Reads the rest of the body as UTF-8 text, up to its end.
     *
     * @return the text, empty at the end of the body
     * @throws RestreamException if the body is not UTF-8; the message says where
     * @throws ConnectionLostException if the connection was lost before the end
     * @throws IOException as {@link #header()}
     * @throws IllegalStateException if listeners are attached
     */
    public abstract String readText() throws IOException;

    /**
     * As {@link #readText()}, for a body that may not be larger than you can hold.
     *
     * @param maxBytes how many bytes it may have, 0 or more
     * @return the text, empty at the end of the body
     * @throws RestreamException if the body has more bytes, or is not UTF-8
     * @throws IOException as {@link #readText()}
     * @throws IllegalArgumentException if {@code maxBytes} is negative
     * @throws IllegalStateException if listeners are attached
     */
    public String readText(int maxBytes) throws IOException {
        throw new UnsupportedOperationException("this Incoming is not the library's");
    }

    /**
     * The rest of the body as lines of UTF-8 text, each as it comes: a stream that waits for the peer. A line is held in memory
     * as a whole, however long. Where the connection is lost, or the body is not UTF-8, the stream throws an
     * {@link java.io.UncheckedIOException}.
     *
     * @return the lines, without their ends
     */
    public Stream<String> lines() {
        return new BufferedReader(new InputStreamReader(this, StandardCharsets.UTF_8.newDecoder())).lines();
    }

    /**
     * Attaches a listener for the header. It is not called where the peer ended without a byte.
     *
     * @param listener called once, before data and end
     * @return this
     * @throws IllegalStateException if there is such a listener already
     */
    public abstract Incoming onHeader(Listener<? super Header> listener);

    /**
     * Attaches a listener for the body's bytes, and lets the body flow.
     *
     * @param listener called with each chunk, never an empty one; the array is the listener's to keep
     * @return this
     * @throws IllegalStateException if the stream is being read, there is a data or text listener already, or the handler has
     *     returned without one, so that the body is dropped
     */
    public abstract Incoming onData(Listener<? super byte[]> listener);

    /**
     * Attaches a listener for the body as UTF-8 text, and lets the body flow. A character split between two chunks is
     * given whole. Text that is not UTF-8 is an error of the exchange, which says where.
     *
     * @param listener called with each piece, never an empty one
     * @return this
     * @throws IllegalStateException as {@link #onData}
     */
    public abstract Incoming onText(Listener<? super String> listener);

    /**
     * Attaches a listener for the clean end.
     *
     * @param action called once, last; not called after an error
     * @return this
     * @throws IllegalStateException if the stream is being read, or there is such a listener already
     */
    public abstract Incoming onEnd(Action action);

    /**
     * Attaches a listener for the unclean end: the connection was lost, or what the peer sent is no message. Without one
     * the error still is an event of the client or server.
     *
     * @param listener called at most once, last
     * @return this
     * @throws IllegalStateException if there is such a listener already
     */
    public abstract Incoming onError(Listener<? super IOException> listener);

    /**
     * Reads no more: what still comes of the body is dropped, within bounds, so that the exchange can complete. It says
     * nothing to the peer; {@link Outgoing#abort()} does.
     *
     * @throws IOException never, today
     */
    @Override
    public abstract void close() throws IOException;
}
