package org.restream;

/**
 * A client makes no more attempts: {@code maxFailures} in a row have failed, or {@code maxTime} is over. Its cause is the last
 * failure; where none was, it says so.
 */
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
