package org.restream.benchmarks.session;

/** A client of one system, with one server. It checks every byte of what it gets. */
public interface Caller extends AutoCloseable {
    /** Runs small exchanges one after the other, until the loop is over. Returns at once. */
    void loop(Loop loop);

    /** Runs one small exchange to its end. */
    void once() throws Exception;

    /** Opens an exchange that stays open, and returns when the server has answered its header. */
    void hold() throws Exception;

    /** Sends a large body, and returns the number of bytes that the server has counted. */
    long up(Pieces pieces) throws Exception;

    /** Receives a large body, and returns the number of its bytes. */
    long down(Request request) throws Exception;

    @Override
    void close() throws Exception;
}
