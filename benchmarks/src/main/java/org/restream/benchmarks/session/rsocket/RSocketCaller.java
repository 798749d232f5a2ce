package org.restream.benchmarks.session.rsocket;

import io.rsocket.RSocket;
import io.rsocket.core.RSocketConnector;
import io.rsocket.frame.decoder.PayloadDecoder;
import io.rsocket.transport.netty.client.TcpClientTransport;
import io.rsocket.util.ByteBufPayload;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.restream.benchmarks.session.AsyncCaller;
import org.restream.benchmarks.session.Body;
import org.restream.benchmarks.session.Pieces;
import org.restream.benchmarks.session.Request;
import reactor.core.Disposable;
import reactor.netty.tcp.TcpClient;

/** One connection. A small exchange has metadata, where others have their header. */
public final class RSocketCaller extends AsyncCaller {
    private static final byte[] METADATA = "exchange".getBytes(StandardCharsets.US_ASCII);

    private final RSocket socket;

    public RSocketCaller(String host, int port) {
        RSocket connected = RSocketConnector.create()
                .payloadDecoder(PayloadDecoder.ZERO_COPY)
                // by itself it takes its connections from a pool of 1,000
                .connect(TcpClientTransport.create(
                        TcpClient.newConnection().host(host).port(port)))
                .block();
        socket = Objects.requireNonNull(connected);
    }

    @Override
    protected void start(Done done) {
        Disposable unused = socket.requestResponse(ByteBufPayload.create(Body.bytes(), METADATA))
                .subscribe(Payloads::checkBody, done::ended, () -> done.ended(null));
    }

    @Override
    public void hold() throws InterruptedException {
        CountDownLatch open = new CountDownLatch(1);
        Disposable unused = socket.requestStream(Payloads.of(Request.HOLD.text()))
                .subscribe(piece -> {
                    piece.release();
                    open.countDown();
                });
        open.await();
    }

    @Override
    public long up(Pieces pieces) {
        return Long.parseLong(Payloads.text(Objects.requireNonNull(
                socket.requestChannel(Payloads.of(pieces)).blockLast())));
    }

    @Override
    public long down(Request request) {
        return Objects.requireNonNull(Payloads.check(socket.requestStream(Payloads.of(request.text())))
                .block());
    }

    @Override
    public void close() {
        socket.dispose();
    }
}
