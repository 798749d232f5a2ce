package org.restream.benchmarks.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.reactivestreams.Publisher;
import org.restream.benchmarks.peer.Task;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.netty.Connection;
import reactor.netty.NettyInbound;
import reactor.netty.NettyOutbound;
import reactor.netty.tcp.TcpServer;

/**
 * reactor-netty with the native transport. It does not support half-close: to see that a client has ended its direction
 * takes an option and an event of Netty.
 */
public final class ReactorServer {
    private static final ByteBuf HEADER = Unpooled.unreleasableBuffer(
            Unpooled.directBuffer().writeBytes("{\"ok\":true}\n\n".getBytes(StandardCharsets.UTF_8)));

    private ReactorServer() {}

    public static void main(String... args) throws Exception {
        int port = TcpServer.create()
                .host("127.0.0.1")
                .port(0)
                .option(ChannelOption.SO_BACKLOG, 4_096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .handle(ReactorServer::exchange)
                .bindNow()
                .port();
        Ready.serve(Map.of(Task.EXCHANGE, port));
    }

    private static Publisher<Void> exchange(NettyInbound in, NettyOutbound out) {
        return body(in).collect(
                        () -> Unpooled.compositeBuffer().addComponent(true, HEADER.duplicate()),
                        (CompositeByteBuf all, ByteBuf piece) -> all.addComponent(true, piece.retain()))
                .flatMap(all -> out.sendObject(all).then());
    }

    private static Flux<ByteBuf> body(NettyInbound in) {
        Sinks.Empty<Void> ended = Sinks.empty();
        in.withConnection((Connection connection) -> connection.addHandlerLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext context, Object event) {
                if (event == ChannelInputShutdownEvent.INSTANCE) {
                    ended.tryEmitEmpty();
                }
            }
        }));
        BlankLine blankLine = new BlankLine();
        return in.receive().takeUntilOther(ended.asMono()).filter(piece -> {
            while (piece.isReadable() && blankLine.takes(piece.getByte(piece.readerIndex()))) {
                piece.skipBytes(1);
            }
            return piece.isReadable();
        });
    }
}
