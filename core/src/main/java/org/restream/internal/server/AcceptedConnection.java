package org.restream.internal.server;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** A connection that a server has accepted. */
interface AcceptedConnection extends Served {
    /** Serves it until it has ended. Throws nothing. */
    void run();

    /** Records that it can't be served; {@link #run} reports that. */
    void fail(Throwable cause);

    /** The address whose connections it is counted with; null if it is not counted. */
    @Nullable
    InetAddress counted();
}
