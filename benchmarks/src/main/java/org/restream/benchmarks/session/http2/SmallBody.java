package org.restream.benchmarks.session.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Receives a body as a whole. */
final class SmallBody implements Receiver {
    private final BiConsumer<ByteBuf, @Nullable Throwable> done;
    private ByteBuf before = Unpooled.EMPTY_BUFFER;

    /** Calls this with the body, which is released after the call, or with what has failed. */
    SmallBody(BiConsumer<ByteBuf, @Nullable Throwable> done) {
        this.done = done;
    }

    @Override
    public void received(ByteBuf piece, boolean last) {
        ByteBuf all = before.isReadable() ? Unpooled.wrappedBuffer(before, piece.retain()) : piece.retain();
        if (last) {
            done.accept(all, null);
            all.release();
        } else {
            before = all;
        }
    }

    @Override
    public void failed(Throwable cause) {
        done.accept(Unpooled.EMPTY_BUFFER, cause);
    }
}
