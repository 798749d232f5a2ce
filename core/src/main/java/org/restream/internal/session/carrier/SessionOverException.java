package org.restream.internal.session.carrier;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A session is over: it can't be resumed. */
public final class SessionOverException extends IOException {
    private static final long serialVersionUID = 1;

    public SessionOverException(String message) {
        this(message, null);
    }

    public SessionOverException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
