package org.restream.cli.command;

/** What the command's exit status means; the manual says the same. */
public final class ExitStatus {
    /** All is done. */
    public static final int DONE = 0;
    /** Trouble on this side: a taken port, a full disk, a file that can't be read. */
    public static final int LOCAL = 1;
    /** The command was called wrongly. */
    public static final int USAGE = 2;
    /** So many attempts failed in a row that it gave up. */
    public static final int GAVE_UP = 3;
    /** An exchange was lost and is not to be tried again, or what has arrived is not what was sent. */
    public static final int LOST = 4;
    /** The server has refused the request, and does not want it again. */
    public static final int REFUSED = 5;
    /** Ctrl-C: what a shell says of a program that SIGINT has ended. */
    public static final int INTERRUPTED = 130;

    /** Whoever reads stdout has closed it: what a shell says of a program that SIGPIPE has ended. */
    public static final int CLOSED_OUTPUT = 141;

    private ExitStatus() {}
}
