package org.restream.internal.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import org.restream.Action;
import org.restream.Header;
import org.restream.Incoming;
import org.restream.Listener;
import org.restream.RestreamException;
import org.restream.internal.wire.TextDecoder;

/** The peer's message as the user sees it: a stream, or events for listeners. The first use decides. */
final class IncomingStream extends Incoming {
    private enum Style {
        UNDECIDED,
        STREAM,
        EVENTS
    }

    private static final AtomicReferenceFieldUpdater<IncomingStream, Style> STYLE =
            AtomicReferenceFieldUpdater.newUpdater(IncomingStream.class, Style.class, "style");

    private final MessageReader reader;
    private final ExchangeState state;
    private final Listeners listeners;
    private final Runnable attached;
    private final ExchangePeer peer;
    private volatile Style style = Style.UNDECIDED;
    private volatile boolean closed;

    /**
     * @param attached is run after a listener was attached, because a thread has to read for it
     */
    IncomingStream(
            MessageReader reader, ExchangeState state, Listeners listeners, Runnable attached, ExchangePeer peer) {
        this.reader = reader;
        this.state = state;
        this.listeners = listeners;
        this.attached = attached;
        this.peer = peer;
    }

    /** Decides for this style, unless it is decided; whether it is this one. */
    private boolean decide(Style wanted) {
        return style == wanted || STYLE.compareAndSet(this, Style.UNDECIDED, wanted) || style == wanted;
    }

    private void stream() throws IOException {
        if (!decide(Style.STREAM)) {
            throw new IllegalStateException(
                    "listeners are attached to this stream: it can't be read too; use onData or onText, or no listener");
        }
        if (closed) {
            throw new IOException("the stream is closed");
        }
    }

    /** Attaches a listener for the body or its end, which decides the style. */
    private Incoming events(Consumer<ListenerDispatcher> attach) {
        if (!decide(Style.EVENTS)) {
            throw new IllegalStateException(
                    "this stream is being read: listeners can't be attached too; read it to its end, or only listen");
        }
        state.progress.listening = true;
        return attach(attach);
    }

    private Incoming attach(Consumer<ListenerDispatcher> attach) {
        ListenerDispatcher dispatcher = listeners.get();
        if (closed) {
            dispatcher.dropBody();
        }
        attach.accept(dispatcher);
        attached.run();
        return this;
    }

    @Override
    public Header header() throws IOException {
        return reader.header();
    }

    @Override
    public Optional<X509Certificate> peerCertificate() {
        return peer.certificate();
    }

    @Override
    public InetSocketAddress peer() {
        return peer.address();
    }

    @Override
    public long exchange() {
        return peer.exchange();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        stream();
        return reader.read(bytes, offset, length);
    }

    @Override
    public int available() throws IOException {
        stream();
        return reader.available();
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
        stream();
        return reader.transferTo(out);
    }

    /** Avoids a copy if the body is a single piece, as most are. */
    @Override
    public byte[] readAllBytes() throws IOException {
        stream();
        byte[] first = reader.chunk();
        byte[] second = first == null ? null : reader.chunk();
        if (first == null || second == null) {
            return first == null ? new byte[0] : first;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream(2 * (first.length + second.length));
        all.writeBytes(first);
        all.writeBytes(second);
        reader.transferTo(all);
        return all.toByteArray();
    }

    @Override
    public String readText() throws IOException {
        return text(readAllBytes());
    }

    @Override
    public String readText(int maxBytes) throws IOException {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes must be 0 or more, not " + maxBytes);
        }
        byte[] bytes = readNBytes(maxBytes);
        if (bytes.length == maxBytes && read() >= 0) {
            throw new RestreamException("the body has more than " + maxBytes + " bytes");
        }
        return text(bytes);
    }

    private String text(byte[] bytes) throws IOException {
        TextDecoder decoder = new TextDecoder();
        try {
            String text = decoder.decode(bytes, 0, bytes.length);
            decoder.end();
            return text;
        } catch (IOException e) {
            // the peer's body is not the text that was asked for
            state.fail(Reason.PROTOCOL, e);
            throw e;
        }
    }

    @Override
    public Incoming onHeader(Listener<? super Header> listener) {
        Objects.requireNonNull(listener, "listener");
        return attach(dispatcher -> dispatcher.onHeader(listener));
    }

    @Override
    public Incoming onData(Listener<? super byte[]> listener) {
        Objects.requireNonNull(listener, "listener");
        return events(dispatcher -> dispatcher.onData(listener));
    }

    @Override
    public Incoming onText(Listener<? super String> listener) {
        Objects.requireNonNull(listener, "listener");
        return events(dispatcher -> dispatcher.onText(listener));
    }

    @Override
    public Incoming onEnd(Action action) {
        Objects.requireNonNull(action, "action");
        return events(dispatcher -> dispatcher.onEnd(action));
    }

    @Override
    public Incoming onError(Listener<? super IOException> listener) {
        Objects.requireNonNull(listener, "listener");
        return attach(dispatcher -> dispatcher.onError(listener));
    }

    @Override
    public void close() {
        closed = true;
        if (state.progress.listening) {
            listeners.get().dropBody();
        }
    }
}
