package org.restream;

/** The server has aborted an exchange of a session: its handler ran, at least in part, and failed or was cancelled. */
public final class AbortedException extends RestreamException {
    private static final long serialVersionUID = 1;

    private final int code;

    /**
     * Makes the exception.
     *
     * @param message why, in one line
     * @param code the protocol's number for the reason, see docs/session.md
     */
    public AbortedException(String message, int code) {
        super(message, null);
        this.code = code;
    }

    /** {@return the protocol's number for the reason; docs/session.md lists them} */
    public int code() {
        return code;
    }
}
