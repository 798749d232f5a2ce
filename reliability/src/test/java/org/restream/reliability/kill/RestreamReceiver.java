package org.restream.reliability.kill;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.restream.ClientOptions;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.Reconnect;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.ServerOptions;

/** Java with restream. */
final class RestreamReceiver implements Receiver {
    private final @Nullable SSLContext tls;
    private final RestreamServer server;
    private final BlockingQueue<Taking> plans = new LinkedBlockingQueue<>();
    private final ConcurrentLinkedQueue<RestreamClient> clients = new ConcurrentLinkedQueue<>();

    /** With TLS, if there is a context for it. */
    RestreamReceiver(@Nullable SSLContext tls) throws IOException {
        this.tls = tls;
        ServerOptions options = ServerOptions.defaults().listener(event -> {});
        server = Restream.createServer(
                        tls == null ? options : options.tls(tls), (req, res) -> take(plans.take(), req, res))
                .listen(0);
    }

    private static void take(Taking taking, Incoming in, Outgoing out) throws IOException {
        out.header("a", 1);
        out.flush();
        out.write(new byte[taking.plan().unread()]);
        out.flush();
        if (taking.plan().flood()) {
            SocketReceiver.inThread(() -> SocketReceiver.flood(out));
        }
        taking.take(in);
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
        clients.add(
                Restream.createClient(tls == null ? options : options.tls(tls), (req, res) -> take(taking, res, req)));
        return taking;
    }

    @Override
    public void close() {
        clients.forEach(RestreamClient::close);
        server.close();
    }
}
