package org.restream.jmh;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.restream.Header;
import org.restream.internal.wire.HeaderReader;
import org.restream.internal.wire.HeaderWriter;

/** Measures reading and writing a {@link Header}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1, timeUnit = TimeUnit.SECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class Headers {
    private static final int LIMIT = 64 * 1024;

    /** The size of the header. */
    public enum Size {
        /** Two short texts, as in the README: 35 bytes. */
        SMALL(Map.of("hello", "alice", "this", "is bob")),
        /** What a program might send about a file: about 200 bytes. */
        TYPICAL(typical()),
        /** A thousand numbered fields, some with other alphabets: about 30 KB. */
        LARGE(large());

        final Header header;

        Size(Map<String, Object> fields) {
            header = Header.from(fields);
        }
    }

    @Param
    public Size size = Size.SMALL;

    private byte[] bytes = {};
    private ByteBuffer whole = ByteBuffer.allocate(0);
    private ByteBuffer[] pieces = {};

    @Setup
    public void setUp() {
        bytes = HeaderWriter.bytes(size.header);
        // a direct buffer, as a connection uses
        whole = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        pieces = new ByteBuffer[(bytes.length + 15) / 16];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = whole.slice(16 * i, Math.min(16, bytes.length - 16 * i));
        }
    }

    @Benchmark
    public void readWhole(Blackhole hole) throws Exception {
        hole.consume(new HeaderReader(LIMIT).take(whole.rewind()));
    }

    @Benchmark
    public void readPieces(Blackhole hole) throws Exception {
        HeaderReader reader = new HeaderReader(LIMIT);
        for (ByteBuffer piece : pieces) {
            hole.consume(reader.take(piece.rewind()));
        }
    }

    @Benchmark
    public byte[] write() {
        return HeaderWriter.bytes(size.header);
    }

    private static Map<String, Object> typical() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", "orders-2026-11-25.sql");
        fields.put("size", 73_400_320L);
        fields.put("type", "application/sql");
        fields.put("tries", 1);
        fields.put("compressed", false);
        fields.put("ratio", 0.25);
        fields.put("tags", List.of("nightly", "orders"));
        fields.put("from", Map.of("host", "db-1", "user", "backup"));
        return fields;
    }

    private static Map<String, Object> large() {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < 1_000; i++) {
            fields.put("field-" + i, i % 10 == 0 ? "größer als €" + i : i % 3 == 0 ? i : "the value of " + i);
        }
        return fields;
    }
}
