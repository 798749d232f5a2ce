package org.restream.benchmarks.session.rsocket;

import io.rsocket.Payload;
import io.rsocket.RSocket;
import io.rsocket.SocketAcceptor;
import io.rsocket.core.RSocketServer;
import io.rsocket.frame.decoder.PayloadDecoder;
import io.rsocket.transport.netty.server.CloseableChannel;
import io.rsocket.transport.netty.server.TcpServerTransport;
import io.rsocket.util.ByteBufPayload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.reactivestreams.Publisher;
import org.restream.benchmarks.session.Pieces;
import org.restream.benchmarks.session.Request;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A server without copies of what arrives, as its manual advises. */
public final class RSocketServers {
    private RSocketServers() {}

    public static int listen(String host, Path file) {
        CloseableChannel server = RSocketServer.create(SocketAcceptor.with(new Tasks(file)))
                .payloadDecoder(PayloadDecoder.ZERO_COPY)
                .bindNow(TcpServerTransport.create(host, 0));
        return Objects.requireNonNull(server).address().getPort();
    }

    private record Tasks(Path file) implements RSocket {
        @Override
        public Mono<Payload> requestResponse(Payload request) {
            Payload answer = ByteBufPayload.create(request.sliceData().retain());
            request.release();
            return Mono.just(answer);
        }

        @Override
        public Flux<Payload> requestChannel(Publisher<Payload> pieces) {
            return Payloads.check(Flux.from(pieces))
                    .map(count -> Payloads.of(Long.toString(count)))
                    .flux();
        }

        @Override
        public Flux<Payload> requestStream(Payload request) {
            Request wanted = Request.parse(Payloads.text(request));
            if (wanted.equals(Request.HOLD)) {
                return Flux.just(Payloads.of("ok")).concatWith(Flux.never());
            }
            try {
                return Payloads.of(Pieces.of(wanted, file));
            } catch (IOException e) {
                return Flux.error(e);
            }
        }
    }
}
