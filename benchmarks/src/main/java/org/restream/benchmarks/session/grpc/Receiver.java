package org.restream.benchmarks.session.grpc;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import org.restream.benchmarks.session.Check;

/** Receives a large body, and completes with the number of its bytes. */
class Receiver implements StreamObserver<byte[]> {
    private final CompletableFuture<Long> count = new CompletableFuture<>();
    private final Check check = new Check();

    CompletableFuture<Long> count() {
        return count;
    }

    @Override
    public void onNext(byte[] piece) {
        check.next(piece);
    }

    @Override
    public void onError(Throwable failure) {
        count.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
        count.complete(check.count());
    }
}
