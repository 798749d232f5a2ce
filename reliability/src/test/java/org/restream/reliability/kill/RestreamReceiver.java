package org.restream.reliability.kill;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.restream.ClientOptions;
import org.restream.Outgoing;
import org.restream.Reconnect;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.ServerOptions;

/** A receiver in Java with restream. */
final class RestreamReceiver implements Receiver {
    private final @Nullable SSLContext tls;
    private final RestreamServer server;
    private final BlockingQueue<Taking> plans = new LinkedBlockingQueue<>();
    private final ConcurrentLinkedQueue<RestreamClient> clients = new ConcurrentLinkedQueue<>();

    /** Uses TLS if there is a context. */
    RestreamReceiver(@Nullable SSLContext tls) throws IOException {
        this.tls = tls;
        ServerOptions options = ServerOptions.defaults().listener(event -> {});
        server = Restream.createServer(tls == null ? options : options.tls(tls), (req, res) -> {
                    Taking taking = plans.take();
                    if (taking.plan().unread() > 0) {
                        say(taking.plan(), res);
                    }
                    taking.take(req);
                })
                .listen(0);
    }

    private static void say(Plan plan, Outgoing out) throws IOException {
        out.header("a", 1);
        out.write(new byte[plan.unread()]);
        out.flush();
        if (plan.flood()) {
            SocketReceiver.inThread(() -> SocketReceiver.flood(out));
        }
    }

    @Override
    public int port() {
        return server.address().getPort();
    }

    @Override
    public Reception next(Plan plan) {
        Taking taking = new Taking(plan);
        plans.add(taking);
        return taking;
    }

    @Override
    public Reception connect(int port, Plan plan) {
        Taking taking = new Taking(plan);
        ClientOptions options = ClientOptions.defaults()
                .servers("127.0.0.1:" + port)
                .reconnect(Reconnect.UNTIL_CONNECTED)
                .listener(event -> {});
        clients.add(Restream.createClient(tls == null ? options : options.tls(tls), (req, res) -> {
            say(plan, req);
            taking.take(res);
        }));
        return taking;
    }

    @Override
    public void close() {
        clients.forEach(RestreamClient::close);
        server.close();
    }
}
