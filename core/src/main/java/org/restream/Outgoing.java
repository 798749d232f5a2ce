package org.restream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * This side's message: a header, then a body of bytes, then a clean end. On a client it is the request, on a server the
 * response.
 *
 * <p>The header is sent once, before the first byte of the body. If it was never set it is <code>{}</code>. Writes are
 * buffered. The buffer is sent when it is full, on {@link #flush()}, on {@link #end()}, when the handler returns, after
 * a listener of the exchange has written, and before a read of the same exchange waits. A write waits while the peer
 * does not read (back-pressure).
 *
 * <p>The end: when a handler returns, its message ends too. But if it has attached listeners for the peer's message
 * ({@code onData}, {@code onText}, {@code onEnd}) or has called {@link #keepOpen()}, you have to call {@code end()}. If
 * a handler throws, the message does not end: the exchange is aborted, so half a body never looks like a whole one to
 * the peer.
 *
 * <p>Threads: several threads may write; the bytes of each call stay together. An interrupt flag that is set before a
 * call has no effect on it. An interrupt while a write waits closes the connection, which is then lost.
 *
 * <p>Don't extend this class: later versions may add abstract methods. To test a handler, use
 * {@code org.restream.fake.FakeExchange}.
 */
public abstract class Outgoing extends OutputStream {
    /** For the library only. */
    protected Outgoing() {}

    /**
     * Adds fields to the header. A field of the same name is replaced.
     *
     * @param fields names and values: strings, numbers, booleans, null, and maps and collections of them
     * @return this
     * @throws IllegalArgumentException if a value can't be represented in JSON
     * @throws IllegalStateException if the header has been sent already. Set all fields before the first write, flush
     *     or end, and before the first read after a field was set, which sends the header too
     */
    public abstract Outgoing header(Map<String, ?> fields);

    /**
     * Adds a field to the header. A field of the same name is replaced.
     *
     * @param name the field's name
     * @param value its value: a string, a number, a boolean, null, or a map or collection of them
     * @return this
     * @throws IllegalArgumentException if the value can't be represented in JSON
     * @throws IllegalStateException if the header has been sent already
     */
    public abstract Outgoing header(String name, @Nullable Object value);

    /**
     * Writes text as UTF-8.
     *
     * @param text the text; a surrogate pair may be split between two calls
     * @throws ConnectionLostException if the peer stopped reading or the connection was lost; the peer's answer may
     *     still be readable
     * @throws java.nio.charset.CharacterCodingException if the text has an unpaired surrogate
     * @throws IOException if this message has ended or the exchange was aborted
     */
    public abstract void write(String text) throws IOException;

    /**
     * Writes all bytes of the array.
     *
     * @param bytes the bytes; the array is not kept
     * @throws ConnectionLostException if the peer stopped reading or the connection was lost
     * @throws IOException if this message has ended or the exchange was aborted
     */
    @Override
    public void write(byte[] bytes) throws IOException {
        write(ByteBuffer.wrap(bytes));
    }

    /**
     * Writes a part of the array.
     *
     * @param bytes the array, which is not kept
     * @param offset the index of the first byte
     * @param length the number of bytes
     * @throws IOException as {@link #write(byte[])}
     */
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        write(ByteBuffer.wrap(bytes, offset, length));
    }

    /**
     * Writes one byte.
     *
     * @param b the byte; only the low eight bits are used
     * @throws IOException as {@link #write(byte[])}
     */
    @Override
    public void write(int b) throws IOException {
        write(ByteBuffer.wrap(new byte[] {(byte) b}));
    }

    /**
     * Writes the buffer's remaining bytes. Afterwards its position is its limit.
     *
     * @param bytes the buffer, direct or not; it is not kept
     * @throws ConnectionLostException if the peer stopped reading or the connection was lost
     * @throws IOException if this message has ended or the exchange was aborted
     */
    public abstract void write(ByteBuffer bytes) throws IOException;

    /**
     * Sends the buffer, and the header if it has not been sent yet.
     *
     * @throws ConnectionLostException if the peer stopped reading or the connection was lost
     * @throws IOException never otherwise
     */
    @Override
    public abstract void flush() throws IOException;

    /**
     * Ends this message cleanly, after sending what is buffered. Further calls have no effect.
     *
     * @throws ConnectionLostException if the peer stopped reading or the connection was lost
     * @throws IOException if the exchange was aborted
     */
    public abstract void end() throws IOException;

    /**
     * Writes text as UTF-8, then ends this message.
     *
     * @param text the text
     * @throws IOException as {@link #write(String)} and {@link #end()}
     */
    public void end(String text) throws IOException {
        write(text);
        end();
    }

    /**
     * Writes the bytes, then ends this message.
     *
     * @param bytes the bytes
     * @throws IOException as {@link #write(byte[])} and {@link #end()}
     */
    public void end(byte[] bytes) throws IOException {
        write(bytes);
        end();
    }

    /**
     * Writes a whole file. From Java 25 on the kernel copies it (sendfile) if it can. A file that is not a regular one,
     * or that reports a wrong size (in {@code /proc}, say), is read to its end.
     *
     * @param file the file. Its size is determined at the start: bytes that are appended later are not sent
     * @return how many bytes were written
     * @throws ConnectionLostException if the peer stopped reading or the connection was lost
     * @throws IOException if the file can't be read, or shrinks while it is sent
     */
    public abstract long transferFrom(Path file) throws IOException;

    /**
     * Writes a file from a position to its end, like {@link #transferFrom(Path)}.
     *
     * @param file the file. Its size is determined at the start
     * @param from the position of the first byte, 0 or more; if it is the file's size, nothing is written
     * @return how many bytes were written
     * @throws ConnectionLostException if the peer stopped reading or the connection was lost
     * @throws IOException if the file can't be read, is shorter than {@code from}, or shrinks while it is sent
     * @throws IllegalArgumentException if {@code from} is negative
     */
    public long transferFrom(Path file, long from) throws IOException {
        // no file has so many bytes: as many as there are
        return transferFrom(file, from, Long.MAX_VALUE);
    }

    /**
     * Writes a part of a file, as {@link #transferFrom(Path)} does.
     *
     * @param file the file
     * @param from where in the file to begin, 0 or more
     * @param count how many bytes to write, 0 or more
     * @return how many bytes were written, which is {@code count}
     * @throws ConnectionLostException if the peer stopped reading or the connection was lost
     * @throws IOException if the file can't be read, or ends before that
     * @throws IllegalArgumentException if {@code from} or {@code count} is negative
     */
    public long transferFrom(Path file, long from, long count) throws IOException {
        throw new UnsupportedOperationException("this Outgoing was not made by the library");
    }

    /**
     * Aborts the whole exchange: the peer gets a reset, so the message does not look complete to it. Reads and writes
     * on this side fail from then on. May be called from any thread, at any time. Has no effect after both messages
     * have ended.
     */
    public abstract void abort();

    /**
     * Keeps this message open when the handler returns. You have to end it later, from any thread, with {@link #end()}
     * or {@link #abort()}. Read what you need of the exchange's {@link Incoming} before that: at the end of this
     * message the unread rest is discarded.
     *
     * @return this
     */
    public abstract Outgoing keepOpen();

    /**
     * Sends what is buffered, and rejects further writes. This does not end the message yet, because a
     * try-with-resources block also closes when an exception leaves it. The end is sent when the handler evidently goes
     * on: when it returns, or when the thread that has closed reads from the peer or waits for it. If the handler
     * throws, the connection is reset.
     *
     * <p>If listeners are attached, or after {@link #keepOpen()}, you still have to call {@link #end()}. The same is
     * true if another thread than the handler's has closed. That thread may have failed, so a handler that then waits
     * for the peer gets an {@link IllegalStateException}.
     *
     * @throws IOException as {@link #flush()}; a {@link java.nio.charset.CharacterCodingException} if the text written
     *     so far ends with half a surrogate pair
     */
    @Override
    public void close() throws IOException {
        flush();
    }
}
