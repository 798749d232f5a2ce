package org.restream.reliability.blackbox.handlers;

import static org.restream.reliability.blackbox.handlers.Bits.half;
import static org.restream.reliability.blackbox.handlers.Bits.handOver;
import static org.restream.reliability.blackbox.handlers.Bits.nap;
import static org.restream.reliability.blackbox.handlers.Program.cut;
import static org.restream.reliability.blackbox.handlers.Program.whole;

import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Programs in event style. */
final class EventPrograms {
    static final List<Program> ALL = List.of(
            whole("on end: ends", (in, out, text) -> in.onData(data -> {}).onEnd(() -> out.end(text)))
                    .waiting(),
            whole(
                            "on end: sleeps, and ends",
                            (in, out, text) -> in.onData(data -> {}).onEnd(() -> {
                                out.write(half(text));
                                nap(80);
                                out.end(text.substring(text.length() / 2));
                            }))
                    .waiting(),
            whole(
                            "on end: has another thread end",
                            (in, out, text) -> in.onData(data -> {})
                                    .onEnd(() -> handOver(() -> {
                                        out.write(half(text));
                                        out.end(text.substring(text.length() / 2));
                                    })))
                    .waiting(),
            whole("attaches listeners, and ends", (in, out, text) -> {
                in.onData(data -> {}).onEnd(() -> {});
                out.end(text);
            }),
            cut(
                            "on header: throws",
                            (in, out, text) -> in.onHeader(header -> {
                                        out.write(half(text));
                                        throw new IllegalStateException("as planned");
                                    })
                                    .onData(data -> {}))
                    .waiting(),
            cut(
                            "on data: throws",
                            (in, out, text) -> in.onData(data -> {
                                out.write(half(text));
                                throw new IllegalStateException("as planned");
                            }))
                    .waiting(),
            cut(
                            "on text: throws an Error",
                            (in, out, text) -> in.onText(data -> {
                                out.write(half(text));
                                throw new AssertionError("as planned");
                            }))
                    .waiting(),
            cut(
                            "on end: throws",
                            (in, out, text) -> in.onData(data -> {}).onEnd(() -> {
                                out.write(half(text));
                                out.flush();
                                throw new IllegalStateException("as planned");
                            }))
                    .waiting(),
            cut(
                            "on end: throws in try-with-resources with a writer",
                            (in, out, text) -> in.onData(data -> {}).onEnd(() -> {
                                try (Writer writer = new OutputStreamWriter(out, StandardCharsets.US_ASCII)) {
                                    writer.write(half(text));
                                    throw new IllegalStateException("as planned");
                                }
                            }))
                    .waiting(),
            cut(
                            "on end: throws in try-with-resources with a gzip stream",
                            (in, out, text) -> in.onData(data -> {}).onEnd(() -> {
                                try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
                                    packed.write(half(text).getBytes(StandardCharsets.US_ASCII));
                                    throw new IllegalStateException("as planned");
                                }
                            }))
                    .packed()
                    .waiting(),
            cut(
                            "on end: sleeps, and aborts",
                            (in, out, text) -> in.onData(data -> {}).onEnd(() -> {
                                out.write(half(text));
                                out.flush();
                                nap(60);
                                out.abort();
                            }))
                    .waiting(),
            cut("attaches listeners, and throws", (in, out, text) -> {
                in.onData(data -> {}).onEnd(() -> {});
                out.write(half(text));
                throw new IllegalStateException("as planned");
            }),
            cut("attaches listeners, and throws in try-with-resources", (in, out, text) -> {
                in.onData(data -> {}).onEnd(() -> {});
                try (out) {
                    out.write(half(text));
                    throw new IllegalStateException("as planned");
                }
            }));

    private EventPrograms() {}
}
