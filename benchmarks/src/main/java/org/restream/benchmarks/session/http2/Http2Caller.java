package org.restream.benchmarks.session.http2;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.restream.benchmarks.session.AsyncCaller;
import org.restream.benchmarks.session.Body;
import org.restream.benchmarks.session.Pieces;
import org.restream.benchmarks.session.Request;

/** One connection, on which each exchange is a stream. */
public final class Http2Caller extends AsyncCaller {
    private static final EventLoopGroup GROUP = new MultiThreadIoEventLoopGroup(EpollIoHandler.newFactory());
    private static final ByteBuf BODY =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(Body.bytes()));

    private final Answers answers = new Answers();
    private final String authority;
    private final Channel channel;

    public Http2Caller(String host, int port) throws InterruptedException {
        authority = host + ":" + port;
        channel = new Bootstrap()
                .group(GROUP)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        Streams.add(
                                channel.pipeline(),
                                Http2FrameCodecBuilder.forClient()
                                        .validateHeaders(false)
                                        .build(),
                                answers);
                    }
                })
                .connect(host, port)
                .sync()
                .channel();
    }

    @Override
    protected void start(Done done) {
        SmallBody answer = new SmallBody((body, failure) -> {
            if (failure == null) {
                Body.check(body.nioBuffer());
            }
            done.ended(failure);
        });
        request("/exchange", answer, stream -> Streams.end(answers.context(), stream, BODY.duplicate()));
    }

    @Override
    public long up(Pieces pieces) throws Exception {
        CompletableFuture<Long> counted = new CompletableFuture<>();
        SmallBody answer = new SmallBody((body, failure) -> {
            if (failure == null) {
                counted.complete(Long.valueOf(body.toString(StandardCharsets.US_ASCII)));
            } else {
                counted.completeExceptionally(failure);
            }
        });
        request("/up", answer, stream -> new Sender(answers.context(), stream, pieces).run());
        return counted.get();
    }

    @Override
    public long down(Request request) throws Exception {
        LargeBody body = new LargeBody();
        ask(request, body);
        return body.count().get();
    }

    @Override
    public void hold() throws InterruptedException {
        CountDownLatch open = new CountDownLatch(1);
        ask(Request.HOLD, new Receiver() {
            @Override
            public void begun() {
                open.countDown();
            }

            @Override
            public void received(ByteBuf piece, boolean last) {}
        });
        open.await();
    }

    private void ask(Request request, Receiver answer) {
        String path = "/" + request.text().replace(' ', '/');
        request(path, answer, stream -> Streams.end(answers.context(), stream, Unpooled.EMPTY_BUFFER));
    }

    private void request(String path, Receiver receiver, Consumer<Http2FrameStream> body) {
        if (!channel.eventLoop().inEventLoop()) {
            channel.eventLoop().execute(() -> request(path, receiver, body));
            return;
        }
        DefaultHttp2Headers headers = new DefaultHttp2Headers(false);
        headers.method("POST").scheme("http").authority(authority).path(path);
        Http2FrameStream stream = answers.newStream();
        Streams.write(answers.context(), stream, headers);
        // the stream has its number only now
        answers.expect(stream, receiver);
        body.accept(stream);
        answers.context().flush();
    }

    @Override
    public void close() throws InterruptedException {
        channel.close().sync();
    }

    private static final class Answers extends Streams {
        private @Nullable ChannelHandlerContext context;

        ChannelHandlerContext context() {
            if (context == null) {
                throw new IllegalStateException("not connected");
            }
            return context;
        }

        @Override
        protected void handlerAdded0(ChannelHandlerContext context) {
            this.context = context;
        }

        @Override
        Receiver receiver(ChannelHandlerContext context, Http2HeadersFrame headers) {
            Receiver receiver = expected(headers.stream());
            receiver.begun();
            return receiver;
        }
    }
}
