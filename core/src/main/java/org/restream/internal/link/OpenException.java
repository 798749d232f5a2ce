package org.restream.internal.link;

import org.jspecify.annotations.Nullable;
import org.restream.FailureKind;
import org.restream.RestreamException;

/** A connection, or a session over it, was not opened. Whoever has found that says why. Users get {@link #told}. */
public class OpenException extends RestreamException {
    private static final long serialVersionUID = 1;

    private final FailureKind kind;

    public OpenException(FailureKind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public FailureKind kind() {
        return kind;
    }

    /** The same, for users. */
    public RestreamException told() {
        return new RestreamException(String.valueOf(getMessage()), getCause());
    }
}
