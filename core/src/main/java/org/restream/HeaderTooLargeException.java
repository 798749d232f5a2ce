package org.restream;

/** The peer's header is longer than {@code maxHeaderBytes}. */
public class HeaderTooLargeException extends RestreamException {
    private static final long serialVersionUID = 1;

    private final int maxHeaderBytes;

    /**
     * Creates the exception.
     *
     * @param maxHeaderBytes the limit, in bytes
     */
    public HeaderTooLargeException(int maxHeaderBytes) {
        super("the header is longer than maxHeaderBytes, " + maxHeaderBytes + " bytes");
        this.maxHeaderBytes = maxHeaderBytes;
    }

    /**
     * The limit that the header exceeds.
     *
     * @return the limit, in bytes
     */
    public int maxHeaderBytes() {
        return maxHeaderBytes;
    }
}
