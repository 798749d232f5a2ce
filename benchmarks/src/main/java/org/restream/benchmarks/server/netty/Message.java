package org.restream.benchmarks.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.charset.StandardCharsets;
import org.restream.benchmarks.server.BlankLine;

/** Finds the end of the header, and the end of the body. */
abstract class Message extends ChannelInboundHandlerAdapter {
    static final ByteBuf HEADER = Unpooled.unreleasableBuffer(
            Unpooled.directBuffer().writeBytes("{\"ok\":true}\n\n".getBytes(StandardCharsets.UTF_8)));

    private final BlankLine blankLine = new BlankLine();

    void header(ChannelHandlerContext context) {}

    /** Handles bytes of the body, and releases them. */
    void body(ChannelHandlerContext context, ByteBuf bytes) {
        bytes.release();
    }

    abstract void end(ChannelHandlerContext context);

    /** Writes the last message, and closes the connection after it. */
    static void last(ChannelHandlerContext context, Object message) {
        context.writeAndFlush(message).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (!blankLine.found()) {
            while (bytes.isReadable() && blankLine.takes(bytes.getByte(bytes.readerIndex()))) {
                bytes.skipBytes(1);
            }
            if (blankLine.found()) {
                header(context);
            }
        }
        body(context, bytes);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            end(context);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // closing is all that can be done
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
