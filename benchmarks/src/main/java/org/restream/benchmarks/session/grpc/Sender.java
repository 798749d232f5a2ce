package org.restream.benchmarks.session.grpc;

import io.grpc.stub.CallStreamObserver;
import org.restream.benchmarks.session.Pieces;

/** Sends a large body, a piece to a message, whenever the call is ready for more. */
final class Sender implements Runnable {
    private final Pieces pieces;
    private final CallStreamObserver<byte[]> out;
    private boolean ended;

    Sender(Pieces pieces, CallStreamObserver<byte[]> out) {
        this.pieces = pieces;
        this.out = out;
    }

    @Override
    public void run() {
        while (!ended && out.isReady()) {
            byte[] piece = pieces.next();
            if (piece == null) {
                ended = true;
                out.onCompleted();
            } else {
                out.onNext(piece);
            }
        }
    }
}
