package org.restream.internal.session.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.link.Connection;
import org.restream.internal.session.carrier.FirstLine;
import org.restream.internal.session.wire.Hello;

/** A connection that a server does not want for a session. */
public final class RefusedConnection {
    private static final Duration DROP_TIME = Duration.ofSeconds(2);
    private static final int DROP_BYTES = 64 * 1024;

    private RefusedConnection() {}

    /**
     * Tells the client so, and waits until it has closed, but not for long: a reset before could hide the answer from it.
     * The caller then closes the connection.
     */
    public static void tell(Connection connection, Hello.Refuse refusal) throws IOException {
        FirstLine.write(connection, refusal);
        connection.finish();
        Timer.Task limit = Timer.system().after(DROP_TIME, connection::abort);
        try {
            ByteBuffer dropped = ByteBuffer.allocate(1024);
            int total = 0;
            for (int count = 0; count >= 0 && total <= DROP_BYTES; count = connection.read(dropped.clear())) {
                total += count;
            }
        } finally {
            limit.cancel();
        }
    }
}
