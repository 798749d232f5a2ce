package org.restream.internal.session.client;

import org.jspecify.annotations.Nullable;
import org.restream.FailureKind;
import org.restream.internal.link.OpenException;

/** A server speaks no sessions, as its answer shows. */
public final class NoSessionsException extends OpenException {
    private static final long serialVersionUID = 1;

    private final boolean plain;

    NoSessionsException(String why, boolean plain) {
        super(FailureKind.SESSION, "the server speaks no sessions: " + why, null);
        this.plain = plain;
    }

    NoSessionsException(String message, @Nullable Throwable cause) {
        super(FailureKind.SESSION, message, cause);
        plain = false;
    }

    /** Whether it speaks the plain wire. If not, something on the way may have answered, such as a proxy without its server. */
    boolean isPlain() {
        return plain;
    }
}
