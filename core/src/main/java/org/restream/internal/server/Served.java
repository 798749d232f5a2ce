package org.restream.internal.server;

/** An exchange that a server runs. */
interface Served {
    /** Ends it at once. */
    void cancel(String why);

    /** The server goes without it: its handler heeds no interrupt. What becomes of it is not reported any more. */
    void giveUp();

    /** Whether the calling thread runs its handler or a listener of it. */
    boolean isRunByCaller();
}
