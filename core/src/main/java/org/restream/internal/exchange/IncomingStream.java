package org.restream.internal.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.restream.Action;
import org.restream.Header;
import org.restream.Incoming;
import org.restream.Listener;
import org.restream.internal.wire.TextDecoder;

/** The peer's message as the user sees it: read as a stream, or delivered to listeners, whichever is used first. */
final class IncomingStream extends Incoming {
    private enum Style {
        UNDECIDED,
        STREAM,
        EVENTS
    }

    private final MessageReader reader;
    private final Supplier<Delivery> delivery;
    private final Runnable firstListener;
    private final Supplier<Optional<X509Certificate>> peerCertificate;
    private final AtomicReference<Style> style = new AtomicReference<>(Style.UNDECIDED);
    private volatile boolean closed;

    /**
     * Makes one.
     *
     * @param firstListener is run when the first listener has been attached
     */
    IncomingStream(
            MessageReader reader,
            Supplier<Delivery> delivery,
            Runnable firstListener,
            Supplier<Optional<X509Certificate>> peerCertificate) {
        this.reader = reader;
        this.delivery = delivery;
        this.firstListener = firstListener;
        this.peerCertificate = peerCertificate;
    }

    boolean hasListeners() {
        return style.get() == Style.EVENTS;
    }

    private void stream() throws IOException {
        if (style.compareAndExchange(Style.UNDECIDED, Style.STREAM) == Style.EVENTS) {
            throw new IllegalStateException(
                    "listeners are attached to this stream: it can't be read too; use onData or onText, or no listener");
        }
        if (closed) {
            throw new IOException("the stream is closed");
        }
    }

    private Incoming events(Runnable attach) {
        Style before = style.compareAndExchange(Style.UNDECIDED, Style.EVENTS);
        if (before == Style.STREAM) {
            throw new IllegalStateException(
                    "this stream is being read: listeners can't be attached too; read it to its end, or only listen");
        }
        attach.run();
        if (before == Style.UNDECIDED) {
            firstListener.run();
        }
        return this;
    }

    @Override
    public Header header() throws IOException {
        return reader.header();
    }

    @Override
    public Optional<X509Certificate> peerCertificate() {
        return peerCertificate.get();
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

    /** Most bodies are one piece, which needs no copy. */
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
        byte[] bytes = readAllBytes();
        TextDecoder decoder = new TextDecoder();
        String text = decoder.decode(bytes, 0, bytes.length);
        decoder.end();
        return text;
    }

    @Override
    public Incoming onHeader(Listener<? super Header> listener) {
        Objects.requireNonNull(listener, "listener");
        return events(() -> delivery.get().onHeader(listener));
    }

    @Override
    public Incoming onData(Listener<byte[]> listener) {
        Objects.requireNonNull(listener, "listener");
        return events(() -> delivery.get().onData(listener));
    }

    @Override
    public Incoming onText(Listener<String> listener) {
        Objects.requireNonNull(listener, "listener");
        return events(() -> delivery.get().onText(listener));
    }

    @Override
    public Incoming onEnd(Action action) {
        Objects.requireNonNull(action, "action");
        return events(() -> delivery.get().onEnd(action));
    }

    @Override
    public Incoming onError(Listener<IOException> listener) {
        Objects.requireNonNull(listener, "listener");
        return events(() -> delivery.get().onError(listener));
    }

    @Override
    public void close() {
        closed = true;
    }
}
