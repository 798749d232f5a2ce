package org.restream.reliability.kill;

/** Takes the messages of senders, one after the other: as their server, or as their client. */
interface Receiver extends AutoCloseable {
    /** Where it listens. */
    int port();

    /** Says what is to be done with the next connection. */
    Reception next(Plan plan) throws Exception;

    /** Connects to a server at this port. */
    Reception connect(int port, Plan plan) throws Exception;

    /** One message. */
    interface Reception {
        /** Waits until so many bytes have come as the plan says. */
        void awaitMark() throws Exception;

        /** After a pause. */
        void goOn() throws Exception;

        /** Waits for it. */
        Ending ending() throws Exception;
    }
}
