package org.restream;

/**
 * The client makes no further attempts, because {@code maxFailures} attempts in a row have failed, or because {@code
 * maxTime} is over. Its cause is the last failure, or an exception that says that no attempt has failed.
 */
public class GaveUpException extends RestreamException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message how many attempts have failed, at which servers, and the last cause
     * @param cause the last failure
     */
    public GaveUpException(String message, Throwable cause) {
        super(message, cause);
    }
}
