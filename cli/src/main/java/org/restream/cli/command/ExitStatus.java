package org.restream.cli.command;

/** The exit statuses. {@code --help} and the manual document them too. */
public final class ExitStatus {
    /** Success. */
    public static final int DONE = 0;
    /** A local error: a port in use, a full disk, a file that can't be read. */
    public static final int LOCAL = 1;
    /** Wrong usage. */
    public static final int USAGE = 2;
    /** The client gave up, after {@code --max-failures} or {@code --max-time}, or because no server takes sessions. */
    public static final int GAVE_UP = 3;
    /** An exchange was lost and can't be tried again, or the server has received something else than what was sent. */
    public static final int LOST = 4;
    /** The server has refused the request, and does not want it again. */
    public static final int REFUSED = 5;
    /** A session has ended before its exchange: the server may have received the request and acted on it, or not. */
    public static final int UNKNOWN = 6;
    /** Ctrl-C: what a shell reports for a program that SIGINT has ended. */
    public static final int INTERRUPTED = 130;

    /** The reader of stdout has closed it: what a shell reports for a program that SIGPIPE has ended. */
    public static final int CLOSED_OUTPUT = 141;

    private ExitStatus() {}
}
