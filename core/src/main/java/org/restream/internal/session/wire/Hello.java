package org.restream.internal.session.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first line that each side sends on a session's connection: {@code restream/1 VERB JSON}. Its values are in their ranges when
 * they come from {@link HelloReader}; who makes one keeps to them.
 */
public sealed interface Hello {
    /** The longest line, its line feed included. */
    int MAX_LINE = 4_096;
    /** The version that this package speaks. */
    int VERSION = 1;

    /**
     * The line's bytes, as text in UTF-8 with the line feed at its end.
     *
     * @throws IllegalArgumentException where it is longer than {@link #MAX_LINE}
     */
    default String toLine() {
        return HelloLine.of(this);
    }

    /**
     * A client asks for a session.
     *
     * @param epoch 1: a new session has had no connection before
     * @param keepMillis how long the server is asked to keep the exchanges after a loss; from 0
     * @param beatMillis the client will be heard at least this often while exchanges are open; from 1
     * @param window the first limit of each response; from 1
     * @param maxFrame the most message bytes that the server may put into one D frame; from 1,024
     */
    record New(SessionId session, SessionKey key, long epoch, int keepMillis, int beatMillis, long window, int maxFrame)
            implements Hello {}

    /**
     * A client comes back to its session.
     *
     * @param epoch larger than that of any connection that the client has tried before; from 2
     * @param lostMillis how long ago the last connection was lost; from 0
     */
    record Resume(SessionId session, MemoryId memory, long epoch, Proof proof, int lostMillis) implements Hello {}

    /**
     * A server takes the connection: frames follow.
     *
     * @param epoch the client's
     * @param keepMillis how long the server keeps the exchanges after a loss; from 0, which promises nothing
     * @param beatMillis the server will be heard at least this often while exchanges are open; from 1
     * @param window the first limit of each request; from 1
     * @param maxFrame the most message bytes that the client may put into one D frame; from 1,024
     * @param exchanges the highest number that may be opened by now; from 0
     * @param seen the highest number that the server has seen; at most {@code exchanges}
     */
    record Welcome(
            MemoryId memory,
            long epoch,
            int keepMillis,
            int beatMillis,
            long window,
            int maxFrame,
            long exchanges,
            long seen,
            Proof proof)
            implements Hello {}

    /**
     * A server does not take the connection. The same in all versions.
     *
     * @param code one of {@link RefuseCode}, or another of 1 to 32 characters from {@code a-z} and the hyphen
     * @param text for people, or empty; from the peer, so not fit to be shown as it is
     * @param memory the server's, or null where it does not say
     * @param retryMillis when to come again, or -1 where it does not say
     * @param speaks the versions that the server speaks; empty where it does not say
     * @param exchanges what became of those that were open when the time of an expired session ran out
     */
    record Refuse(
            String code,
            String text,
            @Nullable MemoryId memory,
            int retryMillis,
            List<Integer> speaks,
            List<Left> exchanges)
            implements Hello {
        /** The most entries in {@code exchanges}; a line has room for that many. */
        public static final int MAX_LEFT = 100;

        /** One that says nothing but why. */
        public static Refuse of(String code, String text) {
            return new Refuse(code, text, null, -1, List.of(), List.of());
        }
    }

    /**
     * An exchange of an expired session.
     *
     * @param state {@code finished}, {@code running}, or another word of 1 to 32 characters from {@code a-z} and the hyphen
     */
    record Left(long exchange, String state) {}

    /** A line of a version that this package does not speak, and no {@code refuse}. What else it says is not read. */
    record OtherVersion(int version, String verb) implements Hello {}
}
