package org.restream.reliability.blackbox.handlers;

import org.restream.Incoming;
import org.restream.Outgoing;

/**
 * What a handler does.
 *
 * @param name of it
 * @param ends what the peer may see
 * @param gzip whether what it says is packed
 * @param needsEnd whether it waits for the peer's end before it says all
 * @param body the handler itself
 */
record Program(String name, Ends ends, boolean gzip, boolean needsEnd, Body body) {
    enum Ends {
        /** All bytes, and a clean end. */
        WHOLE,
        /** A reset, since the handler did not finish. */
        CUT,
        /** One of the two. */
        EITHER
    }

    /** A server's or a client's handler. */
    interface Body {
        /**
         * Handles an exchange.
         *
         * @param in what the peer says
         * @param out what is said to it
         * @param text what is to be said, in ASCII
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

    /** The same, once it has read the peer to its end: then nothing but what it says can tell the peer that it failed. */
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
