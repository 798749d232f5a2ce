package org.restream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What we say: a header, then a body of bytes, then a clean end. On the client it is the request, on the server the
 * response.
 *
 * <p>The header goes out once, before the first body byte; one never set is <code>{}</code>. What is written is buffered, and
 * sent when the buffer is full, on {@link #flush()}, on {@link #end()}, when the handler returns, after a listener of the
 * exchange has written, and before a read of the same exchange waits. A write waits while the peer does not read: that is
 * the back-pressure.
 *
 * <p>The end: a handler that returns has ended its {@code Outgoing} too, unless it has attached listeners that take the peer's
 * message ({@code onData}, {@code onText}, {@code onEnd}), or has called {@link #keepOpen()}: then you call {@code end()}. A
 * handler that throws does not end it. It aborts the exchange, so the peer never takes half a body for a whole one.
 *
 * <p>Threads: safe for use by several; each call is written in one piece. An interrupt flag that the calling thread already has is not
 * asked; an interrupt while a write waits has cut the connection.
 *
 * <p>It is not for extension: a later version may have more methods. A handler is tested with {@code org.restream.fake.FakeExchange}.
 */
public abstract class Outgoing extends OutputStream {
    /** For the library. */
    protected Outgoing() {}

    /**
     * Adds these fields to the header; one of the same name is replaced.
     *
     * @param fields names and values: text, numbers, booleans, null, and maps and collections of them
     * @return this
     * @throws IllegalArgumentException if a value can't be JSON
     * @throws IllegalStateException if the header has gone out: set it before the first write, flush or end, and before
     *     the first read after a field was set
     */
    public abstract Outgoing header(Map<String, ?> fields);

    /**
     * Adds a field to the header; one of the same name is replaced.
     *
     * @param name the field's name
     * @param value its value: text, a number, a boolean, null, or a map or collection of them
     * @return this
     * @throws IllegalArgumentException if the value can't be JSON
     * @throws IllegalStateException if the header has gone out
     */
    public abstract Outgoing header(String name, @Nullable Object value);

    /**
     * Writes text as UTF-8.
     *
     * @param text the text; a surrogate pair may be split between two calls
     * @throws ConnectionLostException if the peer stopped reading or the connection was lost; what the peer answered
     *     before may still be read
     * @throws java.nio.charset.CharacterCodingException if it has a surrogate without its other half
     * @throws IOException if the stream is ended or aborted
     */
    public abstract void write(String text) throws IOException;

    /**
     * Writes the bytes.
     *
     * @param bytes the bytes; the array is not kept
     * @throws ConnectionLostException if the peer stopped reading or the connection was lost
     * @throws IOException if the stream is ended or aborted
     */
    @Override
    public void write(byte[] bytes) throws IOException {
        write(ByteBuffer.wrap(bytes));
    }

    /**
     * Writes some of the array's bytes.
     *
     * @param bytes the array, which is not kept
     * @param offset where they start
     * @param length how many they are
     * @throws IOException as {@link #write(byte[])}
     */
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        write(ByteBuffer.wrap(bytes, offset, length));
    }

    /**
     * Writes one byte.
     *
     * @param b the byte, the low eight bits
     * @throws IOException as {@link #write(byte[])}
     */
    @Override
    public void write(int b) throws IOException {
        write(ByteBuffer.wrap(new byte[] {(byte) b}));
    }

    /**
     * Writes the buffer's remaining bytes; its position is then its limit.
     *
     * @param bytes the buffer, direct or not; it is not kept
     * @throws ConnectionLostException if the peer stopped reading or the connection was lost
     * @throws IOException if the stream is ended or aborted
     */
    public abstract void write(ByteBuffer bytes) throws IOException;

    /**
     * Sends what is buffered, and the header if it has not gone out.
     *
     * @throws ConnectionLostException if the peer stopped reading or the connection was lost
     * @throws IOException never otherwise
     */
    @Override
    public abstract void flush() throws IOException;

    /**
     * The clean end of this message. Does nothing after the first time.
     *
     * @throws ConnectionLostException if the peer stopped reading or the connection was lost
     * @throws IOException if the stream is aborted
     */
    public abstract void end() throws IOException;

    /**
     * Writes text as UTF-8, then ends.
     *
     * @param text the text
     * @throws IOException as {@link #write(String)} and {@link #end()}
     */
    public void end(String text) throws IOException {
        write(text);
        end();
    }

    /**
     * Writes the bytes, then ends.
     *
     * @param bytes the bytes
     * @throws IOException as {@link #write(byte[])} and {@link #end()}
     */
    public void end(byte[] bytes) throws IOException {
        write(bytes);
        end();
    }

    /**
     * Writes a whole file; the kernel copies it (sendfile) where it can, from Java 25 on. What is not a regular file, or has no
     * true size (in {@code /proc}, say), is read to its end.
     *
     * @param file the file, whose size is taken at the start: what is appended meanwhile is not sent
     * @return how many bytes were written
     * @throws ConnectionLostException if the peer stopped reading or the connection was lost
     * @throws IOException if the file can't be read, or shrinks while it is sent
     */
    public abstract long transferFrom(Path file) throws IOException;

    /**
     * Writes the rest of a file, as {@link #transferFrom(Path)} does.
     *
     * @param file the file, whose size is taken at the start
     * @param from where in the file to begin, 0 or more; at the file's size there is nothing to write
     * @return how many bytes were written
     * @throws ConnectionLostException if the peer stopped reading or the connection was lost
     * @throws IOException if the file can't be read, is shorter than that, or shrinks while it is sent
     * @throws IllegalArgumentException if {@code from} is negative
     */
    public long transferFrom(Path file, long from) throws IOException {
        throw new UnsupportedOperationException("this Outgoing is not the library's");
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
        throw new UnsupportedOperationException("this Outgoing is not the library's");
    }

    /**
     * The unclean end of the whole exchange: the peer gets a reset, and takes nothing that came before for whole. Reading
     * and writing on this side fail from then on. May be called from any thread, at any time; does nothing after both
     * messages have ended.
     */
    public abstract void abort();

    /**
     * Keeps the stream open when the handler returns: somebody else ends it later, from any thread, with {@link #end()} or
     * {@link #abort()}. With that end, what nobody has read of the exchange's {@link Incoming} is dropped: read before it.
     *
     * @return this
     */
    public abstract Outgoing keepOpen();

    /**
     * Writes no more: what is buffered is sent, and later writes are refused. It is not the end, since a try-with-resources
     * block closes also when an exception leaves it. The end goes out when the handler goes on: it returns, or the thread that
     * has closed reads from the peer or waits for it. A handler that throws resets the connection.
     *
     * <p>With listeners attached, and after {@link #keepOpen()}, {@link #end()} is still yours to call. So it is where another
     * thread than the handler's has closed: a handler that waits for the peer then gets an {@link IllegalStateException}, since
     * that thread may have failed.
     *
     * @throws IOException as {@link #flush()}, and {@link java.nio.charset.CharacterCodingException} if the text written so far
     *     ends with half a surrogate pair
     */
    @Override
    public void close() throws IOException {
        flush();
    }
}
