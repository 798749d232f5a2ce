package org.restream.benchmarks.session.http2;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletableFuture;
import org.restream.benchmarks.session.Check;

/** Receives a large body, and completes with the number of its bytes. */
final class LargeBody implements Receiver {
    private final CompletableFuture<Long> count = new CompletableFuture<>();
    private final Check check = new Check();

    CompletableFuture<Long> count() {
        return count;
    }

    @Override
    public void received(ByteBuf piece, boolean last) {
        check.next(piece.nioBuffer());
        if (last) {
            count.complete(check.count());
        }
    }

    @Override
    public void failed(Throwable cause) {
        count.completeExceptionally(cause);
    }
}
