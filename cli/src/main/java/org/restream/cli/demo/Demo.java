package org.restream.cli.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.restream.Action;
import org.restream.ClientOptions;
import org.restream.Header;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.Reconnect;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.ServerAddress;

/** A server and a client in one process. The client starts first, and tries again until the server listens. */
final class Demo {
    /** How long after the client the server starts. */
    private static final Duration LATE = Duration.ofMillis(100);

    private static final Duration RETRY = Duration.ofMillis(50);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final PrintStream out;

    private Demo(PrintStream out) {
        this.out = out;
    }

    static void run(PrintStream out) throws Exception {
        run(out, LIMIT);
    }

    /** Runs it, and fails if that takes longer than the limit. */
    static void run(PrintStream out, Duration limit) throws Exception {
        new Demo(out).run(limit);
    }

    private void run(Duration limit) throws Exception {
        // not the default port: another server may use it
        Socket reserved = reservePort();
        int port = reserved.getLocalPort();
        try (RestreamServer server = Restream.createServer(this::answer);
                RestreamClient client = Restream.createClient(options(port), this::ask)) {
            try (reserved) {
                Thread.sleep(LATE.toMillis());
            }
            server.listen(port);
            client.completion().get(limit.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private static ClientOptions options(int port) {
        // both sides are in this process: a loss is a bug that must show, so the client must not reconnect
        return ClientOptions.defaults()
                .servers(List.of(new ServerAddress("127.0.0.1", port)))
                .retryDelay(RETRY)
                .reconnect(Reconnect.UNTIL_CONNECTED)
                // the first attempts are refused on purpose, and don't belong in the log
                .listener(event -> {});
    }

    /** Reserves a port that refuses connections: the socket is bound, but does not listen. */
    private static Socket reservePort() throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        return socket;
    }

    private void answer(Incoming req, Outgoing res) {
        print("SERVER", req, () -> res.header("well", "that was fun").end("ok, goodbye, now"));
    }

    private void ask(Outgoing req, Incoming res) throws IOException {
        print("CLIENT", res, () -> {});
        req.header("hello", "alice").header("this", "is bob");
        req.write("this is body chunks. ");
        req.write(" and it will stream and stream\n");
        req.end("because there is no I in example.\n");
    }

    /** Prints a text when it is whole, since TCP may split it anywhere. */
    private void print(String who, Incoming in, Action then) {
        StringBuilder message = new StringBuilder();
        in.onHeader(header -> out.println(who + " header " + header));
        in.onText(message::append);
        in.onEnd(() -> {
            out.println(who + " message " + json(message.toString()));
            out.println(who + " end");
            then.run();
        });
    }

    /** The text as a JSON string: the part of {@code {"":"text"}} between the colon and the brace. */
    private static String json(String text) {
        String object = Header.of("", text).toString();
        return object.substring(object.indexOf(':') + 1, object.length() - 1);
    }
}
