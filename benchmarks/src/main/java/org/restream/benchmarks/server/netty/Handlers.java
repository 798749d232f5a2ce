package org.restream.benchmarks.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import java.io.File;

/** A handler for each task. */
@SuppressWarnings("FutureReturnValueIgnored") // the last write closes, whatever came of those before it
final class Handlers {
    private Handlers() {}

    static final class Exchange extends Message {
        private final CompositeByteBuf answer = Unpooled.compositeBuffer().addComponent(true, HEADER.duplicate());

        @Override
        void body(ChannelHandlerContext context, ByteBuf bytes) {
            answer.addComponent(true, bytes);
        }

        @Override
        void end(ChannelHandlerContext context) {
            last(context, answer);
        }
    }

    static final class Up extends Message {
        private long count;

        @Override
        void body(ChannelHandlerContext context, ByteBuf bytes) {
            count += bytes.readableBytes();
            bytes.release();
        }

        @Override
        void end(ChannelHandlerContext context) {
            context.write(HEADER.duplicate());
            last(context, ByteBufUtil.writeAscii(context.alloc(), Long.toString(count)));
        }
    }

    static final class Down extends Message {
        private final ByteBuf pattern;
        private long left;
        private boolean started;

        Down(ByteBuf pattern, long bytes) {
            this.pattern = pattern;
            this.left = bytes;
        }

        @Override
        void end(ChannelHandlerContext context) {
            started = true;
            context.write(HEADER.duplicate());
            more(context);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (started && context.channel().isWritable()) {
                more(context);
            }
        }

        private void more(ChannelHandlerContext context) {
            while (left > 0 && context.channel().isWritable()) {
                int count = (int) Math.min(left, pattern.readableBytes());
                left -= count;
                ByteBuf bytes = pattern.slice(0, count);
                if (left > 0) {
                    context.write(bytes);
                } else {
                    last(context, bytes);
                }
            }
            context.flush();
        }
    }

    static final class SendFile extends Message {
        private final File file;

        SendFile(File file) {
            this.file = file;
        }

        @Override
        void end(ChannelHandlerContext context) {
            context.write(HEADER.duplicate());
            last(context, new DefaultFileRegion(file, 0, file.length()));
        }
    }

    static final class Echo extends Message {
        @Override
        void header(ChannelHandlerContext context) {
            context.write(HEADER.duplicate());
        }

        @Override
        void body(ChannelHandlerContext context, ByteBuf bytes) {
            context.write(bytes);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
            context.channel().config().setAutoRead(context.channel().isWritable());
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            context.channel().config().setAutoRead(context.channel().isWritable());
        }

        @Override
        void end(ChannelHandlerContext context) {
            last(context, Unpooled.EMPTY_BUFFER);
        }
    }

    static final class Hold extends Message {
        @Override
        void header(ChannelHandlerContext context) {
            context.writeAndFlush(HEADER.duplicate());
        }

        @Override
        void end(ChannelHandlerContext context) {
            last(context, Unpooled.EMPTY_BUFFER);
        }
    }
}
