package org.restream.internal.session.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.link.Connection;
import org.restream.internal.session.carrier.FirstLine;
import org.restream.internal.session.wire.Hello;
import org.restream.internal.session.wire.RefuseCode;

/** A server's no to a client that wants a session. */
public final class RefusingLine {
    private static final Duration LINGER = Duration.ofSeconds(2);
    /** How long whoever guesses has to wait for nothing. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private static final int LINGER_BYTES = 64 * 1024;

    private RefusingLine() {}

    /** Says that there are no sessions here, as {@link #say} does. */
    public static IOException disabled(Connection connection) {
        return say(connection, Hello.Refuse.of(RefuseCode.DISABLED, "sessions are switched off"));
    }

    /**
     * Says no, waits until the peer has read it, though not for long, and closes the connection: a reset would take the line from
     * the peer.
     *
     * @param refusal null for one that has guessed too often, and gets no answer
     * @return what to tell of it
     */
    static IOException say(Connection connection, Hello.@Nullable Refuse refusal) {
        if (refusal == null) {
            return sayNothing(connection);
        }
        IOException why = new IOException(
                "refused a session: " + refusal.code() + (refusal.text().isEmpty() ? "" : ": " + refusal.text()));
        try {
            FirstLine.write(connection, refusal);
            connection.finish();
            dropRest(connection, LINGER);
            connection.close();
        } catch (IOException e) {
            connection.abort();
            why.addSuppressed(e);
        }
        return why;
    }

    private static IOException sayNothing(Connection connection) {
        IOException cause = new IOException("asked too often for sessions that it could not prove");
        try {
            dropRest(connection, SILENCE);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        connection.abort();
        return cause;
    }

    private static void dropRest(Connection connection, Duration most) throws IOException {
        Timer.Task limit = Timer.system().after(most, connection::close);
        try {
            ByteBuffer dropped = ByteBuffer.allocate(1024);
            int total = 0;
            for (int count = 0; count >= 0 && total <= LINGER_BYTES; count = connection.read(dropped.clear())) {
                total += count;
            }
        } finally {
            limit.cancel();
        }
    }
}
