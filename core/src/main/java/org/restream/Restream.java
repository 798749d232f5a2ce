package org.restream;

import org.restream.internal.client.Client;
import org.restream.internal.server.Server;
import org.restream.internal.session.client.SessionClient;

/**
 * Where to start: makes servers and clients.
 *
 * <pre>{@code
 * Restream.createServer((req, res) -> req.transferTo(res)).listen();
 *
 * Restream.createClient((req, res) -> {
 *     req.header("hello", "alice").end("a body");
 *     System.out.println(res.header() + res.readText());
 * });
 * }</pre>
 */
public final class Restream {
    /** The port of servers and clients that name none: 9967. */
    public static final int DEFAULT_PORT = 9967;

    private Restream() {}

    /**
     * A server that reads and drops each request and answers <code>{}</code>, with the default options.
     *
     * @return the server; call {@link RestreamServer#listen()}
     */
    public static RestreamServer createServer() {
        return createServer(ServerOptions.defaults());
    }

    /**
     * A server with the default options.
     *
     * @param handler answers each exchange
     * @return the server; call {@link RestreamServer#listen()}
     */
    public static RestreamServer createServer(RestreamServer.Handler handler) {
        return createServer(ServerOptions.defaults(), handler);
    }

    /**
     * A server that reads and drops each request and answers <code>{}</code>.
     *
     * @param options its options
     * @return the server; call {@link RestreamServer#listen()}
     */
    public static RestreamServer createServer(ServerOptions options) {
        return createServer(options, (req, res) -> req.transferTo(java.io.OutputStream.nullOutputStream()));
    }

    /**
     * A server.
     *
     * @param options its options
     * @param handler answers each exchange
     * @return the server; call {@link RestreamServer#listen()}
     */
    public static RestreamServer createServer(ServerOptions options, RestreamServer.Handler handler) {
        return new Server(Check.notNull("options", options), Check.notNull("handler", handler));
    }

    /**
     * A client that sends <code>{}</code> and drops the response, with the default options.
     *
     * @return the client, which is connecting
     */
    public static RestreamClient createClient() {
        return createClient(ClientOptions.defaults());
    }

    /**
     * A client with the default options.
     *
     * @param handler makes the exchange
     * @return the client, which is connecting
     */
    public static RestreamClient createClient(RestreamClient.Handler handler) {
        return createClient(ClientOptions.defaults(), handler);
    }

    /**
     * A client that sends <code>{}</code> and drops the response.
     *
     * @param options its options
     * @return the client, which is connecting
     */
    public static RestreamClient createClient(ClientOptions options) {
        return createClient(options, (req, res) -> {
            req.end();
            res.transferTo(java.io.OutputStream.nullOutputStream());
        });
    }

    /**
     * A client.
     *
     * @param options its options
     * @param handler makes the exchange
     * @return the client, which is connecting
     */
    public static RestreamClient createClient(ClientOptions options, RestreamClient.Handler handler) {
        return Client.start(Check.notNull("options", options), Check.notNull("handler", handler));
    }

    /**
     * A session: many exchanges over one connection, which survive its loss.
     *
     * @param options its options; {@code reconnect} has no meaning here, since a session goes on until it is closed
     * @return the session, which is connecting
     */
    public static RestreamSession createSession(ClientOptions options) {
        return SessionClient.start(Check.notNull("options", options));
    }
}
