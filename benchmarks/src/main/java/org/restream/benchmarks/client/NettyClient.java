package org.restream.benchmarks.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.TimeUnit;

/** Plain Netty; the event loop's timer schedules the attempts after a loss. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel, which is seen
final class NettyClient implements Client {
    private static final ByteBuf REQUEST =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(Wire.REQUEST));

    private final Bootstrap bootstrap;

    NettyClient() {
        bootstrap = new Bootstrap()
                .group(new MultiThreadIoEventLoopGroup(EpollIoHandler.newFactory()))
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }

    @Override
    public void start(int port, long waitMillis, Runnable done) {
        Answer answer = new Answer();
        ChannelFuture connecting = bootstrap
                .clone()
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(answer);
                    }
                })
                .connect(Wire.host(), port);
        Channel channel = connecting.channel();
        channel.closeFuture().addListener(closed -> {
            if (answer.whole) {
                done.run();
            } else if (waitMillis == 0) {
                Wire.fail(new IllegalStateException("lost"));
            } else {
                channel.eventLoop().schedule(() -> start(port, waitMillis, done), waitMillis, TimeUnit.MILLISECONDS);
            }
        });
    }

    private static final class Answer extends ChannelInboundHandlerAdapter {
        private final byte[] bytes = new byte[Wire.ANSWER.length];
        private int count;
        private boolean whole;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.writeAndFlush(REQUEST.duplicate())
                    .addListener(sent -> ((SocketChannel) context.channel()).shutdownOutput());
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf piece = (ByteBuf) message;
            int length = piece.readableBytes();
            piece.readBytes(bytes, count, length);
            count += length;
            piece.release();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == io.netty.channel.socket.ChannelInputShutdownEvent.INSTANCE) {
                Wire.check(Wire.ANSWER, bytes);
                whole = true;
                context.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
