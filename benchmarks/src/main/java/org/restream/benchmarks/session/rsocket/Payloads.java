package org.restream.benchmarks.session.rsocket;

import io.rsocket.Payload;
import io.rsocket.util.ByteBufPayload;
import java.nio.charset.StandardCharsets;
import org.restream.benchmarks.session.Body;
import org.restream.benchmarks.session.Check;
import org.restream.benchmarks.session.Pieces;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/** Small and large bodies as payloads. */
final class Payloads {
    /** How many pieces of a large body may be on their way. */
    private static final int AHEAD = 16;

    private Payloads() {}

    static Payload of(String text) {
        return ByteBufPayload.create(text.getBytes(StandardCharsets.US_ASCII));
    }

    static String text(Payload payload) {
        String text = payload.getDataUtf8();
        payload.release();
        return text;
    }

    static void checkBody(Payload payload) {
        Body.check(payload.getData());
        payload.release();
    }

    static Flux<Payload> of(Pieces pieces) {
        return Flux.generate((SynchronousSink<Payload> sink) -> {
            byte[] piece = pieces.next();
            if (piece == null) {
                sink.complete();
            } else {
                sink.next(ByteBufPayload.create(piece));
            }
        });
    }

    /** Checks a large body, and counts its bytes. */
    static Mono<Long> check(Flux<Payload> payloads) {
        return payloads.limitRate(AHEAD)
                .collect(Check::new, (check, payload) -> {
                    check.next(payload.getData());
                    payload.release();
                })
                .map(Check::count);
    }
}
