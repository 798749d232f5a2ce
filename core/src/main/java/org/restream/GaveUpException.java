package org.restream;

/** A client made {@code maxFailures} attempts in a row that failed, and makes no more. Its cause is the last failure. */
public class GaveUpException extends RestreamException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception.
     *
     * @param message how many attempts, where, and the last cause
     * @param cause the last failure
     */
    public GaveUpException(String message, Throwable cause) {
        super(message, cause);
    }
}
