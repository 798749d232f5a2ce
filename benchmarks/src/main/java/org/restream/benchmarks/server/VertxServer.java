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
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.restream.benchmarks.peer.Task;

/**
 * Vert.x NetServer, with the native transport, and an event loop for each core. It closes a connection whose client has
 * ended its direction; that it does not, and tells us instead, takes Netty's channel behind it.
 */
public final class VertxServer extends AbstractVerticle {
    private static final Buffer HEADER = Buffer.buffer("{\"ok\":true}\n\n");

    private static final Map<Task, Integer> PORTS = new ConcurrentHashMap<>();

    private final Map<Task, Consumer<NetSocketInternal>> handlers = new EnumMap<>(Task.class);

    private VertxServer() {
        handlers.put(Task.EXCHANGE, VertxServer::exchange);
        handlers.put(
                Task.HOLD, socket -> receive(socket, () -> socket.write(HEADER), data -> {}, () -> socket.close()));
    }

    public static void main(String... args) throws Exception {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        DeploymentOptions each =
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        vertx.deployVerticle(VertxServer::new, each).await(30, TimeUnit.SECONDS);
        Ready.serve(new EnumMap<>(PORTS));
    }

    @Override
    public void start(Promise<Void> started) {
        NetServerOptions options = new NetServerOptions()
                .setHost("127.0.0.1")
                .setAcceptBacklog(4_096)
                .setTcpNoDelay(true);
        int[] left = {handlers.size()};
        handlers.forEach((task, handler) -> vertx.createNetServer(options)
                .connectHandler(socket -> handler.accept((NetSocketInternal) socket))
                // a port that the instances share
                .listen(-1 - task.ordinal())
                .onFailure(started::fail)
                .onSuccess(server -> {
                    PORTS.put(task, server.actualPort());
                    if (--left[0] == 0) {
                        started.complete();
                    }
                }));
    }

    private static void exchange(NetSocketInternal socket) {
        Buffer answer = HEADER.copy();
        receive(socket, () -> {}, answer::appendBuffer, () -> socket.end(answer));
    }

    private static void receive(NetSocketInternal socket, Runnable header, Consumer<Buffer> body, Runnable end) {
        socket.channelHandlerContext().channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        socket.eventHandler(event -> {
            if (event == ChannelInputShutdownEvent.INSTANCE) {
                end.run();
            }
        });
        socket.exceptionHandler(cause -> socket.close());
        BlankLine blankLine = new BlankLine();
        socket.handler(data -> {
            Buffer rest = blankLine.found() ? data : afterHeader(blankLine, data, header);
            if (rest != null) {
                body.accept(rest);
            }
        });
    }

    private static @Nullable Buffer afterHeader(BlankLine blankLine, Buffer data, Runnable header) {
        int at = 0;
        while (at < data.length() && blankLine.takes(data.getByte(at))) {
            at++;
        }
        if (blankLine.found()) {
            header.run();
        }
        return at < data.length() ? data.slice(at, data.length()) : null;
    }
}
