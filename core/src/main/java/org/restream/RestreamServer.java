package org.restream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A server. It runs its handler for each connection. {@link Restream#createServer()} creates one.
 *
 * <p>A listening server keeps the JVM alive until it is closed. All methods may be called from any thread.
 */
public interface RestreamServer extends AutoCloseable {
    /** Runs an exchange on a connection: reads the request, and sends the response. */
    @FunctionalInterface
    interface Handler {
        /**
         * Runs one exchange. It is called once for each connection, as soon as that is accepted, and concurrently for
         * several connections. Each call has a thread to itself (a virtual one from Java 21 on), which may be used
         * again for another call afterwards. It may block. {@link Outgoing} says how the response ends.
         *
         * <p>To the client an exception here looks like a lost connection: in its default mode it sends the request
         * again. To refuse a request, throw a {@link Refusal}, which gives the client the reason. A loss does not
         * interrupt a handler that waits for something other than its streams; {@link RestreamServer#close()} does.
         *
         * @param req the request
         * @param res the response
         * @throws Exception to abort the exchange: the client gets a reset, and the {@linkplain
         *     ServerOptions#listener() listener} a {@link ServerEvent.Failed}; without a listener the exception is
         *     logged
         */
        void handle(Incoming req, Outgoing res) throws Exception;
    }

    /**
     * Listens at the host and port of the options.
     *
     * @return this
     * @throws java.net.BindException if the port is in use, or the address is not one of this machine; the message
     *     names it
     * @throws IOException if it can't listen
     * @throws IllegalStateException if it has listened before, or is closed
     */
    RestreamServer listen() throws IOException;

    /**
     * Listens at the host of the options and this port.
     *
     * @param port 0 to 65535; 0 picks a free one, which {@link #address()} returns
     * @return this
     * @throws IOException as {@link #listen()}
     * @throws IllegalArgumentException if the port is not from 0 to 65535
     * @throws IllegalStateException if it has listened before, or is closed
     */
    RestreamServer listen(int port) throws IOException;

    /**
     * Listens at this host and port.
     *
     * @param host a name or address of this machine; {@code 0.0.0.0} or {@code ::} for all
     * @param port 0 to 65535; 0 picks a free one, which {@link #address()} returns
     * @return this
     * @throws IOException as {@link #listen()}
     * @throws IllegalArgumentException if the host can't be a host name or address, or the port is not from 0 to 65535
     * @throws IllegalStateException if it has listened before, or is closed
     */
    RestreamServer listen(String host, int port) throws IOException;

    /**
     * The address at which the server listens, or has listened.
     *
     * @return the address, with the actual port
     * @throws IllegalStateException if it has never listened
     */
    InetSocketAddress address();

    /**
     * Whether the server accepts connections.
     *
     * @return true between {@code listen} and {@code close}
     */
    boolean isListening();

    /**
     * Closes the server as {@link #close(Duration)} does, with the {@link ServerOptions#closeGrace() closeGrace} of the
     * options.
     */
    @Override
    void close();

    /**
     * Closes the server. It stops listening, gives running exchanges the grace to end, then aborts the rest (their
     * peers get a reset), and returns when all have ended and the listener has been informed. If it is called from a
     * handler or listener of this server, it does not wait. An interrupt ends the grace. Further calls have no effect,
     * but wait too.
     *
     * @param grace how long running exchanges may go on; zero aborts them at once
     * @throws IllegalArgumentException if it is negative
     */
    void close(Duration grace);
}
