package org.restream.internal.reconnect;

import java.io.IOException;
import org.restream.RefusedException;

/** What came of an attempt. Bytes are body bytes. */
public sealed interface AttemptResult {
    /**
     * No connection could be made.
     *
     * @param cause why
     */
    record NotConnected(IOException cause) implements AttemptResult {}

    /**
     * An exchange has completed.
     *
     * @param headerCame whether its answer had a header
     */
    record Completed(boolean headerCame, long bytesSent, long bytesReceived) implements AttemptResult {}

    /**
     * An exchange was lost; another attempt may do.
     *
     * @param cause why
     * @param peerSpoke whether the server has shown that it is there, by its header
     */
    record Lost(IOException cause, boolean peerSpoke, long bytesSent, long bytesReceived) implements AttemptResult {}

    /**
     * The server has refused the request.
     *
     * @param cause its reason, and when it may come again
     */
    record Refused(RefusedException cause, long bytesSent, long bytesReceived) implements AttemptResult {}

    /**
     * The fault is this side's: another attempt would not do.
     *
     * @param cause what went wrong
     */
    record Broken(Throwable cause) implements AttemptResult {}
}
