package org.restream.internal.link;

import java.io.IOException;

/** The peer ended its message and then closed the connection without reading ours to the end. */
public final class StoppedReadingException extends IOException {
    private static final long serialVersionUID = 1;

    public StoppedReadingException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
