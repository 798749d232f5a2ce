package org.restream.reliability.kill;

/** Receives the messages of senders, one after the other, as their server or as their client. */
interface Receiver extends AutoCloseable {
    /** The port at which it listens. */
    int port();

    /** Sets the plan for the next connection. */
    Reception next(Plan plan) throws Exception;

    /** Connects to a server at this port. */
    Reception connect(int port, Plan plan) throws Exception;

    /** The reception of one message. */
    interface Reception {
        /** Waits until the number of bytes in the plan has arrived. */
        void awaitMark() throws Exception;

        /** Continues after the pause. */
        void goOn() throws Exception;

        /** Waits for the end. */
        Ending ending() throws Exception;
    }
}
