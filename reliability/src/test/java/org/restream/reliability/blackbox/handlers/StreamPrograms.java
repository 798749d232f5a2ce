package org.restream.reliability.blackbox.handlers;

import static org.restream.reliability.blackbox.handlers.Bits.elsewhere;
import static org.restream.reliability.blackbox.handlers.Bits.half;
import static org.restream.reliability.blackbox.handlers.Bits.handOver;
import static org.restream.reliability.blackbox.handlers.Bits.nap;
import static org.restream.reliability.blackbox.handlers.Program.cut;
import static org.restream.reliability.blackbox.handlers.Program.either;
import static org.restream.reliability.blackbox.handlers.Program.whole;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;

/** Programs in stream style. */
final class StreamPrograms {
    static final List<Program> ALL = List.of(
            whole("returns", (in, out, text) -> out.write(text)),
            whole("ends", (in, out, text) -> out.end(text)),
            whole("ends, and reads", (in, out, text) -> {
                out.end(text);
                in.readAllBytes();
            }),
            whole("closes, and returns", (in, out, text) -> {
                out.write(text);
                out.close();
            }),
            whole("closes, and reads the peer to its end", (in, out, text) -> {
                try (out) {
                    out.write(text);
                }
                in.readAllBytes();
            }),
            whole("closes a writer", (in, out, text) -> {
                try (Writer writer = new OutputStreamWriter(out, StandardCharsets.US_ASCII)) {
                    writer.write(text);
                }
            }),
            whole("closes a gzip stream", (in, out, text) -> {
                        try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
                            packed.write(text.getBytes(StandardCharsets.US_ASCII));
                        }
                    })
                    .packed(),
            whole("sleeps in the middle", (in, out, text) -> {
                out.write(half(text));
                out.flush();
                nap(80);
                out.write(text.substring(text.length() / 2));
            }),
            whole("hands over to another thread, which ends", (in, out, text) -> {
                out.keepOpen();
                handOver(() -> out.end(text));
            }),
            whole(
                    "has another thread write, and waits for it",
                    (in, out, text) -> elsewhere(() -> out.write(text)).join()),
            either("interrupts itself, and returns", (in, out, text) -> {
                out.write(text);
                Thread.currentThread().interrupt();
            }),
            either("interrupts itself, and goes on", (in, out, text) -> {
                out.write(half(text));
                Thread.currentThread().interrupt();
                out.write(text.substring(text.length() / 2));
            }),
            cut("throws", (in, out, text) -> {
                out.write(half(text));
                throw new IllegalStateException("as planned");
            }),
            cut("flushes, and throws", (in, out, text) -> {
                out.write(half(text));
                out.flush();
                throw new IllegalStateException("as planned");
            }),
            cut("throws an Error", (in, out, text) -> {
                out.write(half(text));
                throw new AssertionError("as planned");
            }),
            cut("throws an IOException of its own", (in, out, text) -> {
                out.write(half(text));
                throw new IOException("as planned");
            }),
            cut("throws a SocketException of its own", (in, out, text) -> {
                out.write(half(text));
                throw new SocketException("as planned");
            }),
            cut("sleeps, and throws", (in, out, text) -> {
                out.write(half(text));
                out.flush();
                nap(80);
                throw new IllegalStateException("as planned");
            }),
            cut("throws in try-with-resources", (in, out, text) -> {
                try (out) {
                    out.write(half(text));
                    throw new IllegalStateException("as planned");
                }
            }),
            cut("throws in try-with-resources with a writer", (in, out, text) -> {
                try (Writer writer = new OutputStreamWriter(out, StandardCharsets.US_ASCII)) {
                    writer.write(half(text));
                    throw new IllegalStateException("as planned");
                }
            }),
            cut("throws in try-with-resources with a buffer", (in, out, text) -> {
                try (BufferedOutputStream buffered = new BufferedOutputStream(out, 300_000)) {
                    buffered.write(half(text).getBytes(StandardCharsets.US_ASCII));
                    throw new IllegalStateException("as planned");
                }
            }),
            cut("throws in try-with-resources with a print stream", (in, out, text) -> {
                try (PrintStream print = new PrintStream(out, false, StandardCharsets.US_ASCII)) {
                    print.print(half(text));
                    throw new IllegalStateException("as planned");
                }
            }),
            cut("throws in try-with-resources with a gzip stream", (in, out, text) -> {
                        try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
                            packed.write(half(text).getBytes(StandardCharsets.US_ASCII));
                            throw new IllegalStateException("as planned");
                        }
                    })
                    .packed(),
            cut("closes, sleeps and throws", (in, out, text) -> {
                out.write(half(text));
                out.close();
                nap(60);
                throw new IllegalStateException("as planned");
            }),
            cut("interrupts itself, and throws", (in, out, text) -> {
                out.write(half(text));
                Thread.currentThread().interrupt();
                throw new IllegalStateException("as planned");
            }),
            cut("aborts", (in, out, text) -> {
                out.write(half(text));
                out.abort();
            }),
            cut("aborts what it has closed", (in, out, text) -> {
                out.write(half(text));
                out.close();
                out.abort();
            }),
            cut(
                    "waits for another thread, which throws",
                    (in, out, text) -> elsewhere(() -> {
                                try (out) {
                                    out.write(half(text));
                                    throw new IllegalStateException("as planned");
                                }
                            })
                            .join()),
            cut("throws while another thread writes", (in, out, text) -> {
                CompletableFuture<Void> written = elsewhere(() -> out.write(half(text)));
                written.join();
                throw new IllegalStateException("as planned");
            }),
            cut("keeps it open, and throws", (in, out, text) -> {
                out.keepOpen().write(half(text));
                throw new IllegalStateException("as planned");
            }),
            cut("hands over to another thread, which aborts", (in, out, text) -> {
                out.keepOpen().write(half(text));
                handOver(out::abort);
            }));

    private StreamPrograms() {}
}
