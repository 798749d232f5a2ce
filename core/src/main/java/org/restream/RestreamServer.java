package org.restream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Answers each connection with an exchange of its own. Made by {@link Restream#createServer()}.
 *
 * <p>A server that listens keeps the JVM alive until it is closed. All methods may be called from any thread.
 */
public interface RestreamServer extends AutoCloseable {
    /** Answers one exchange. */
    @FunctionalInterface
    interface Handler {
        /**
         * Answers one exchange. Called once per connection, as soon as it is accepted, on a thread that does nothing else
         * meanwhile (virtual where the JVM has them), so at the same time as other calls. The thread may call it again when
         * it has returned. It may block. How the answer ends is said at {@link Outgoing}.
         *
         * <p>A client takes an exception here for a loss and, in its default mode, sends the request again. To refuse a
         * request throw a {@link Refusal}, which tells the client why. A loss does not interrupt a handler that waits for something
         * other than its streams; {@link RestreamServer#close()} does.
         *
         * @param req the request
         * @param res the response
         * @throws Exception to abort the exchange; the peer gets a reset, and the {@linkplain ServerOptions#listener()
         *     listener} a {@link ServerEvent.Failed}, or the log if there is none
         */
        void handle(Incoming req, Outgoing res) throws Exception;
    }

    /**
     * Listens where the options say.
     *
     * @return this
     * @throws java.net.BindException if the port is taken, or the address is not of this machine; the message names it
     * @throws IOException if it can't listen
     * @throws IllegalStateException if it listens or is closed
     */
    RestreamServer listen() throws IOException;

    /**
     * Listens at the options' host and this port.
     *
     * @param port 0 to 65535; 0 picks a free one, see {@link #address()}
     * @return this
     * @throws IOException as {@link #listen()}
     * @throws IllegalArgumentException if the port is not from 0 to 65535
     * @throws IllegalStateException if it listens or is closed
     */
    RestreamServer listen(int port) throws IOException;

    /**
     * Listens at this host and port.
     *
     * @param host a name or address of this machine; {@code 0.0.0.0} or {@code ::} for all
     * @param port 0 to 65535; 0 picks a free one, see {@link #address()}
     * @return this
     * @throws IOException as {@link #listen()}
     * @throws IllegalArgumentException if the host is no host, or the port not from 0 to 65535
     * @throws IllegalStateException if it listens or is closed
     */
    RestreamServer listen(String host, int port) throws IOException;

    /**
     * Where it listens, or listened.
     *
     * @return the address, with the real port
     * @throws IllegalStateException if it has never listened
     */
    InetSocketAddress address();

    /**
     * Whether it accepts connections.
     *
     * @return true between {@code listen} and {@code close}
     */
    boolean isListening();

    /** Closes with the options' {@link ServerOptions#closeGrace() closeGrace}. */
    @Override
    void close();

    /**
     * Stops listening, lets running exchanges end for so long, then aborts the rest (their peers get a reset), and returns
     * when they have ended and the listener has been told so. Called from a handler or listener of this server it does the
     * same, but does not wait for it. An interrupt ends the grace. Closing again does nothing, but waits too.
     *
     * @param grace how long to wait; zero aborts at once
     * @throws IllegalArgumentException if it is negative
     */
    void close(Duration grace);
}
