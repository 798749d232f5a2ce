package org.restream.internal.session;

import java.nio.ByteBuffer;

/** The program's side of a {@link Channel}: holds the bytes, and wakes who waits for them. Called under the session's lock. */
public interface Endpoint {
    /** Takes the next bytes of the peer's message: all of them, since the peer may send no more than was granted. */
    void receive(ByteBuffer bytes);

    /** Whether the peer's message, which is whole now, has this CRC32C. */
    boolean matches(int crc);

    /** The peer has all bytes of our message before this offset: they will not be asked for again. */
    void release(long offset);

    /** Something has changed that a reader or a writer may wait for. */
    void changed();

    /** The exchange is over on both sides and forgotten. */
    default void settled() {}
}
