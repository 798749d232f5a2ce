package org.restream.benchmarks.session.grpc;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.restream.benchmarks.session.Pieces;
import org.restream.benchmarks.session.Request;

/** A server whose handlers run on the event loops, since none of them waits. */
public final class GrpcServer {
    private GrpcServer() {}

    public static int listen(String host, Path file) throws IOException {
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(host, 0))
                .directExecutor()
                .addService(ServerServiceDefinition.builder(Methods.SERVICE)
                        .addMethod(Methods.EXCHANGE, ServerCalls.asyncUnaryCall(GrpcServer::answer))
                        .addMethod(Methods.UP, ServerCalls.asyncClientStreamingCall(GrpcServer::up))
                        .addMethod(
                                Methods.DOWN,
                                ServerCalls.asyncServerStreamingCall((request, out) -> down(request, out, file)))
                        .build())
                .build()
                .start();
        return server.getPort();
    }

    private static void answer(byte[] body, StreamObserver<byte[]> out) {
        out.onNext(body);
        out.onCompleted();
    }

    private static StreamObserver<byte[]> up(StreamObserver<byte[]> out) {
        Receiver body = new Receiver();
        CompletableFuture<?> unused = body.count().whenComplete((count, failure) -> {
            if (failure != null) {
                out.onError(failure);
            } else {
                answer(Long.toString(count).getBytes(StandardCharsets.US_ASCII), out);
            }
        });
        return body;
    }

    private static void down(byte[] request, StreamObserver<byte[]> out, Path file) {
        Request wanted = Request.parse(new String(request, StandardCharsets.US_ASCII));
        if (wanted.equals(Request.HOLD)) {
            out.onNext(request);
            return;
        }
        try {
            Pieces pieces = Pieces.of(wanted, file);
            ServerCallStreamObserver<byte[]> call = (ServerCallStreamObserver<byte[]>) out;
            Sender sender = new Sender(pieces, call);
            call.setOnReadyHandler(sender);
            sender.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
