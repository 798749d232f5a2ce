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

/** A server and a client in one process. The client is there first, and comes back until the server listens. */
final class Demo {
    /** How long the server is late. */
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
        // not the default port: a server that runs there must not be disturbed
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
        // a loss in a process that talks with itself is no reason to come back, but a failure to be seen
        return ClientOptions.defaults()
                .servers(List.of(new ServerAddress("127.0.0.1", port)))
                .retryDelay(RETRY)
                .reconnect(Reconnect.UNTIL_CONNECTED)
                // that it is refused at first is what the demo shows, and not for the log
                .listener(event -> {});
    }

    /** A port that nobody else gets, and that refuses connections: it is bound, but does not listen. */
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

    /** TCP may cut a text anywhere, so it is printed when it is whole. */
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

    /** As a JSON string: of {"":"text"} what is between the colon and the brace. */
    private static String json(String text) {
        String object = Header.of("", text).toString();
        return object.substring(object.indexOf(':') + 1, object.length() - 1);
    }
}
