package org.restream;

import org.restream.internal.client.Client;
import org.restream.internal.server.Server;

/**
 * Creates servers and clients. Start here.
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
    /** The default port of servers and clients: 9967. */
    public static final int DEFAULT_PORT = 9967;

    private Restream() {}

    /**
     * Creates a server that discards each request and answers with the header <code>{}</code>, with the default
     * options.
     *
     * @return the server; it accepts connections after {@link RestreamServer#listen()}
     */
    public static RestreamServer createServer() {
        return createServer(ServerOptions.defaults());
    }

    /**
     * Creates a server with the default options.
     *
     * @param handler is called for each connection, and answers its request
     * @return the server; it accepts connections after {@link RestreamServer#listen()}
     */
    public static RestreamServer createServer(RestreamServer.Handler handler) {
        return createServer(ServerOptions.defaults(), handler);
    }

    /**
     * Creates a server that discards each request and answers with the header <code>{}</code>.
     *
     * @param options its options
     * @return the server; it accepts connections after {@link RestreamServer#listen()}
     */
    public static RestreamServer createServer(ServerOptions options) {
        return createServer(options, (req, res) -> req.transferTo(java.io.OutputStream.nullOutputStream()));
    }

    /**
     * Creates a server.
     *
     * @param options its options
     * @param handler is called for each connection, and answers its request
     * @return the server; it accepts connections after {@link RestreamServer#listen()}
     */
    public static RestreamServer createServer(ServerOptions options, RestreamServer.Handler handler) {
        return new Server(Check.notNull("options", options), Check.notNull("handler", handler));
    }

    /**
     * Creates a client that sends the header <code>{}</code> and discards the response, with the default options.
     *
     * @return the client, which has begun to connect
     */
    public static RestreamClient createClient() {
        return createClient(ClientOptions.defaults());
    }

    /**
     * Creates a client with the default options.
     *
     * @param handler is called for each connection; sends the request and reads the response
     * @return the client, which has begun to connect
     */
    public static RestreamClient createClient(RestreamClient.Handler handler) {
        return createClient(ClientOptions.defaults(), handler);
    }

    /**
     * Creates a client that sends the header <code>{}</code> and discards the response.
     *
     * @param options its options
     * @return the client, which has begun to connect
     */
    public static RestreamClient createClient(ClientOptions options) {
        return createClient(options, (req, res) -> {
            req.end();
            res.transferTo(java.io.OutputStream.nullOutputStream());
        });
    }

    /**
     * Creates a client.
     *
     * @param options its options
     * @param handler is called for each connection; sends the request and reads the response
     * @return the client, which has begun to connect
     */
    public static RestreamClient createClient(ClientOptions options, RestreamClient.Handler handler) {
        return Client.start(Check.notNull("options", options), Check.notNull("handler", handler));
    }
}
