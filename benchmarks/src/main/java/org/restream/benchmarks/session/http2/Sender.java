package org.restream.benchmarks.session.http2;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.Http2FrameStream;
import org.restream.benchmarks.session.Pieces;

/** Sends a large body: some pieces wait in the stream's queue, and each that is written makes room for the next. */
final class Sender {
    private static final int AHEAD = 4;

    private final ChannelHandlerContext context;
    private final Http2FrameStream stream;
    private final Pieces pieces;
    private int waiting;
    private boolean ended;

    Sender(ChannelHandlerContext context, Http2FrameStream stream, Pieces pieces) {
        this.context = context;
        this.stream = stream;
        this.pieces = pieces;
    }

    /** Sends as much as there is room for; runs on the event loop. */
    @SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the connection
    void run() {
        while (!ended && waiting < AHEAD) {
            byte[] piece = pieces.next();
            ended = piece == null;
            if (piece == null) {
                Streams.end(context, stream, Unpooled.EMPTY_BUFFER);
            } else {
                waiting++;
                context.write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(piece), false).stream(stream))
                        .addListener(written -> {
                            waiting--;
                            if (written.isSuccess()) {
                                run();
                            }
                        });
            }
        }
        context.flush();
    }
}
