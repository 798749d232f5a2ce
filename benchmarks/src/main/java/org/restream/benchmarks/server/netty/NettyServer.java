package org.restream.benchmarks.server.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.File;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.restream.benchmarks.peer.Bodies;
import org.restream.benchmarks.peer.Task;
import org.restream.benchmarks.server.Ready;

/** Plain Netty. */
public final class NettyServer {
    private final MultiThreadIoEventLoopGroup group;
    private final Class<? extends ServerChannel> channel;

    private NettyServer(boolean epoll) {
        IoHandlerFactory factory = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        group = new MultiThreadIoEventLoopGroup(factory);
        channel = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    public static void main(String... args) throws Exception {
        NettyServer server = new NettyServer(args[0].equals("epoll"));
        long bytes = Long.parseLong(args[1]);
        File file = new File(args[2]);
        ByteBuf pattern = Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(Bodies.pattern()));
        Map<Task, Integer> ports = new EnumMap<>(Task.class);
        ports.put(Task.EXCHANGE, server.listen(Handlers.Exchange::new));
        ports.put(Task.UP, server.listen(Handlers.Up::new));
        ports.put(Task.DOWN, server.listen(() -> new Handlers.Down(pattern, bytes)));
        ports.put(Task.FILE, server.listen(() -> new Handlers.SendFile(file)));
        ports.put(Task.ECHO, server.listen(Handlers.Echo::new));
        ports.put(Task.HOLD, server.listen(Handlers.Hold::new));
        Ready.serve(ports);
    }

    private int listen(Supplier<ChannelHandler> handler) throws InterruptedException {
        return ((InetSocketAddress) new ServerBootstrap()
                        .group(group)
                        .channel(channel)
                        .option(ChannelOption.SO_BACKLOG, 4_096)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                        .childHandler(new ChannelInitializer<SocketChannel>() {
                            @Override
                            protected void initChannel(SocketChannel accepted) {
                                accepted.pipeline().addLast(handler.get());
                            }
                        })
                        .bind("127.0.0.1", 0)
                        .sync()
                        .channel()
                        .localAddress())
                .getPort();
    }
}
