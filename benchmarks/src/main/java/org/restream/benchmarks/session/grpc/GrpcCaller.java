package org.restream.benchmarks.session.grpc;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.restream.benchmarks.session.AsyncCaller;
import org.restream.benchmarks.session.Body;
import org.restream.benchmarks.session.Pieces;
import org.restream.benchmarks.session.Request;

/** A channel, which has one connection; its calls back run on the event loop. */
public final class GrpcCaller extends AsyncCaller {
    private final ManagedChannel channel;

    public GrpcCaller(String host, int port) {
        channel = NettyChannelBuilder.forAddress(host, port)
                .usePlaintext()
                .directExecutor()
                .build();
    }

    @Override
    protected void start(Done done) {
        ClientCalls.asyncUnaryCall(
                channel.newCall(Methods.EXCHANGE, CallOptions.DEFAULT), Body.bytes(), new StreamObserver<byte[]>() {
                    @Override
                    public void onNext(byte[] answer) {
                        Body.check(answer);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        done.ended(failure);
                    }

                    @Override
                    public void onCompleted() {
                        done.ended(null);
                    }
                });
    }

    @Override
    public void hold() throws InterruptedException {
        CountDownLatch open = new CountDownLatch(1);
        ask(Request.HOLD, new Receiver() {
            @Override
            public void onNext(byte[] piece) {
                open.countDown();
            }
        });
        open.await();
    }

    @Override
    public long up(Pieces pieces) throws Exception {
        CompletableFuture<Long> counted = new CompletableFuture<>();
        StreamObserver<byte[]> unused = ClientCalls.asyncClientStreamingCall(
                channel.newCall(Methods.UP, CallOptions.DEFAULT), new ClientResponseObserver<byte[], byte[]>() {
                    @Override
                    public void beforeStart(ClientCallStreamObserver<byte[]> call) {
                        call.setOnReadyHandler(new Sender(pieces, call));
                    }

                    @Override
                    public void onNext(byte[] count) {
                        counted.complete(Long.valueOf(new String(count, StandardCharsets.US_ASCII)));
                    }

                    @Override
                    public void onError(Throwable failure) {
                        counted.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {
                        counted.completeExceptionally(new IllegalStateException("no count"));
                    }
                });
        return counted.get();
    }

    @Override
    public long down(Request request) throws Exception {
        Receiver body = new Receiver();
        ask(request, body);
        return body.count().get();
    }

    private void ask(Request request, Receiver answer) {
        ClientCalls.asyncServerStreamingCall(
                channel.newCall(Methods.DOWN, CallOptions.DEFAULT),
                request.text().getBytes(StandardCharsets.US_ASCII),
                answer);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
