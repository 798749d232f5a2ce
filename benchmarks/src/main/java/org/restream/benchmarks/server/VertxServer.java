package org.restream.benchmarks.server;

import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServerOptions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.restream.benchmarks.peer.Task;

/**
 * Vert.x NetServer with the native transport, and an event loop for each core. By itself it closes a connection whose
 * client has ended its direction; to prevent that and get an event instead takes the Netty channel behind it.
 */
public final class VertxServer extends AbstractVerticle {
    private static final Buffer HEADER = Buffer.buffer("{\"ok\":true}\n\n");

    private static final CompletableFuture<Integer> PORT = new CompletableFuture<>();

    private VertxServer() {}

    public static void main(String... args) throws Exception {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        DeploymentOptions each =
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        vertx.deployVerticle(VertxServer::new, each).await(30, TimeUnit.SECONDS);
        Ready.serve(Map.of(Task.EXCHANGE, PORT.get()));
    }

    @Override
    public void start(Promise<Void> started) {
        NetServerOptions options = new NetServerOptions()
                .setHost("127.0.0.1")
                .setAcceptBacklog(4_096)
                .setTcpNoDelay(true);
        vertx.createNetServer(options)
                .connectHandler(socket -> exchange((NetSocketInternal) socket))
                // one port that all instances share
                .listen(-1)
                .onFailure(started::fail)
                .onSuccess(server -> {
                    PORT.complete(server.actualPort());
                    started.complete();
                });
    }

    private static void exchange(NetSocketInternal socket) {
        Buffer answer = HEADER.copy();
        socket.channelHandlerContext().channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        socket.eventHandler(event -> {
            if (event == ChannelInputShutdownEvent.INSTANCE) {
                socket.end(answer);
            }
        });
        socket.exceptionHandler(cause -> socket.close());
        BlankLine blankLine = new BlankLine();
        socket.handler(data -> {
            int at = 0;
            while (at < data.length() && blankLine.takes(data.getByte(at))) {
                at++;
            }
            answer.appendBuffer(data.slice(at, data.length()));
        });
    }
}
