package org.restream.reliability.blackbox.handlers;

import org.restream.Incoming;
import org.restream.Outgoing;

/**
 * What a handler does.
 *
 * @param name its name
 * @param ends what the peer may see
 * @param gzip whether its message is compressed
 * @param needsEnd whether it waits for the peer's end before it has sent everything
 * @param body the handler itself
 */
record Program(String name, Ends ends, boolean gzip, boolean needsEnd, Body body) {
    enum Ends {
        /** The peer sees all bytes and a clean end. */
        WHOLE,
        /** The peer sees a reset, because the handler did not finish. */
        CUT,
        /** Either of the two. */
        EITHER
    }

    /** A server's or a client's handler. */
    interface Body {
        /**
         * Handles an exchange.
         *
         * @param in the peer's message
         * @param out our message
         * @param text the text to send, in ASCII
         */
        void handle(Incoming in, Outgoing out, String text) throws Exception;
    }

    static Program whole(String name, Body body) {
        return new Program(name, Ends.WHOLE, false, false, body);
    }

    static Program cut(String name, Body body) {
        return new Program(name, Ends.CUT, false, false, body);
    }

    static Program either(String name, Body body) {
        return new Program(name, Ends.EITHER, false, false, body);
    }

    /**
     * The same program after reading the peer's message to its end: then only its own message can show the peer that it
     * failed.
     */
    Program afterReading() {
        return new Program("reads, then " + name, ends, gzip, true, (in, out, text) -> {
            in.readAllBytes();
            body.handle(in, out, text);
        });
    }

    Program packed() {
        return new Program(name, ends, true, needsEnd, body);
    }

    Program waiting() {
        return new Program(name, ends, gzip, true, body);
    }

    @Override
    public String toString() {
        return name;
    }
}
