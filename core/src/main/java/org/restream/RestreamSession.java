package org.restream;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A session with a server: many exchanges over one connection, which survive its loss. When the connection is lost, the session makes
 * another one, and each exchange goes on at the byte where it was; neither handler notices. Made by
 * {@link Restream#createSession}, it starts connecting at once; client and server start in any order.
 *
 * <pre>{@code
 * try (RestreamSession session = Restream.createSession(ClientOptions.defaults().servers("host:9967"))) {
 *     String answer = session.exchange((req, res) -> {
 *         req.header("q", 1).end("question");
 *         return res.readText();
 *     });
 * }
 * }</pre>
 *
 * <p>The server must {@linkplain ServerOptions#sessions allow sessions}. All methods may be called from any thread.
 */
public interface RestreamSession extends AutoCloseable {
    /**
     * Runs one exchange.
     *
     * @param <T> what it returns
     */
    @FunctionalInterface
    interface Handler<T> {
        /**
         * Runs one exchange. It may block. How the request ends is said at {@link Outgoing}.
         *
         * @param req the request
         * @param res the response
         * @return what {@link RestreamSession#exchange} is to return
         * @throws Exception to cancel the exchange; {@link RestreamSession#exchange} throws it on
         */
        T handle(Outgoing req, Incoming res) throws Exception;
    }

    /** Where a session is. */
    enum State {
        /** Has no connection, and has had none since the last session's end; its exchanges wait. */
        CONNECTING,
        /** Has a connection. */
        CONNECTED,
        /** Has lost its connection, and is making another one: its exchanges wait. */
        AWAY,
        /** Closed, or given up. */
        CLOSED
    }

    /**
     * Runs an exchange on the calling thread. It begins when there is a connection.
     *
     * <p>An interrupt of the thread while it waits cancels the exchange, at the server too.
     *
     * @param <T> what the handler returns
     * @param handler is called once
     * @return what the handler returns, once both messages have ended
     * @throws NeverStartedException the server's handler was not called: it is safe to ask again
     * @throws AbortedException the server's handler failed, or was cancelled
     * @throws OutcomeUnknownException the session was over before the exchange had ended
     * @throws RefusedException the server refused the request, see {@link Refusal}
     * @throws IOException what the handler threw, if it was one; another checked exception of the handler's is the cause of a
     *     {@link RestreamException}
     * @throws InterruptedException the thread was interrupted
     * @throws IllegalStateException the session is closed
     */
    <T> T exchange(Handler<T> handler) throws IOException, InterruptedException;

    /**
     * Runs an exchange as {@link #exchange(Handler)} does, within limits of its own.
     *
     * @param <T> what the handler returns
     * @param options the limits
     * @param handler is called once
     * @return what the handler returns
     * @throws IOException as there; a {@link NeverStartedException} or an {@link AbortedException} when its time was over
     * @throws InterruptedException the thread was interrupted
     * @throws IllegalStateException the session is closed
     */
    <T> T exchange(ExchangeOptions options, Handler<T> handler) throws IOException, InterruptedException;

    /**
     * Runs an exchange on a thread of its own. To cancel the future cancels the exchange.
     *
     * @param <T> what the handler returns
     * @param handler is called once
     * @return what the handler returns; it fails with what {@link #exchange(Handler)} would throw
     * @throws IllegalStateException the session is closed
     */
    <T> CompletableFuture<T> exchangeAsync(Handler<T> handler);

    /** {@return where the session is now} */
    State state();

    /**
     * Ends it softly: no further exchange begins, and those that run may come to their end. If it
     * is called from a handler or listener of this session, it does not wait.
     *
     * @param grace for how long, 0 or more; then {@link #abort()}
     * @throws IllegalArgumentException if it is negative
     */
    void close(Duration grace);

    /** Ends it as {@link #close(Duration)} does, with a grace of 5 seconds. */
    @Override
    void close();

    /** Ends it at once: its exchanges are cancelled. */
    void abort();
}
