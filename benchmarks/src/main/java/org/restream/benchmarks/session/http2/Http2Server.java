package org.restream.benchmarks.session.http2;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.restream.benchmarks.session.Pieces;
import org.restream.benchmarks.session.Request;

/** A server for clients that know that it speaks HTTP/2. */
public final class Http2Server extends Streams {
    private final Path file;

    private Http2Server(Path file) {
        this.file = file;
    }

    public static int listen(String host, Path file) throws InterruptedException {
        return ((InetSocketAddress) new ServerBootstrap()
                        .group(new MultiThreadIoEventLoopGroup(EpollIoHandler.newFactory()))
                        .channel(EpollServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, 4_096)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(new ChannelInitializer<SocketChannel>() {
                            @Override
                            protected void initChannel(SocketChannel accepted) {
                                add(
                                        accepted.pipeline(),
                                        Http2FrameCodecBuilder.forServer()
                                                .validateHeaders(false)
                                                .build(),
                                        new Http2Server(file));
                            }
                        })
                        .bind(host, 0)
                        .sync()
                        .channel()
                        .localAddress())
                .getPort();
    }

    @Override
    Receiver receiver(ChannelHandlerContext context, Http2HeadersFrame headers) {
        Http2FrameStream stream = Objects.requireNonNull(headers.stream());
        String path = headers.headers().path().toString();
        switch (path) {
            case "/exchange" -> {
                return new SmallBody((body, failure) -> {
                    if (failure == null) {
                        write(context, stream, ok());
                        end(context, stream, body.retain());
                    }
                });
            }
            case "/up" -> {
                LargeBody body = new LargeBody();
                CompletableFuture<?> unused = body.count().thenAccept(count -> {
                    write(context, stream, ok());
                    end(context, stream, Unpooled.copiedBuffer(Long.toString(count), StandardCharsets.US_ASCII));
                });
                return body;
            }
            default -> {
                Request request = Request.parse(path.substring(1).replace('/', ' '));
                if (request.equals(Request.HOLD)) {
                    return (none, last) -> write(context, stream, ok());
                }
                return (none, last) -> {
                    write(context, stream, ok());
                    new Sender(context, stream, pieces(request)).run();
                };
            }
        }
    }

    private Pieces pieces(Request request) {
        try {
            return Pieces.of(request, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DefaultHttp2Headers ok() {
        DefaultHttp2Headers headers = new DefaultHttp2Headers();
        headers.status("200");
        return headers;
    }
}
