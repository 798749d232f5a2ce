package org.restream.internal.session.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a handler was told, one map each, in the form of docs/session.md. */
final class Calls implements FrameHandler {
    private static final List<String> DATA = List.of("OPEN", "END", "CRC", "ALL", "DEADLINE");
    private static final List<String> ACK = List.of("END", "LIST");
    private static final List<String> CUT = List.of("MINE", "YOURS", "UNOPENED");

    private final List<Map<String, Object>> all = new ArrayList<>();

    List<Map<String, Object>> all() {
        return all;
    }

    @Override
    public void data(long exchange, int flags, long offset, int deadlineMillis, ByteBuffer bytes, int crc) {
        Map<String, Object> call = call("D");
        call.put("exchange", exchange);
        call.put("flags", names(flags, DATA));
        call.put("offset", offset);
        if (deadlineMillis != 0) {
            call.put("deadlineMs", (long) deadlineMillis);
        }
        call.put("hex", hex(bytes));
        if ((flags & Flags.CRC) != 0) {
            call.put("crc", String.format("%08x", crc));
        } else if (crc != 0) {
            throw new AssertionError("a CRC without its flag");
        }
    }

    /** The same ones, whatever the borders of the pieces were: data that go on where the last ones stopped are joined with them. */
    static List<Map<String, Object>> joined(List<Map<String, Object>> calls) {
        List<Map<String, Object>> joined = new ArrayList<>();
        for (Map<String, Object> call : calls) {
            Map<String, Object> last = joined.isEmpty() ? Map.of() : joined.get(joined.size() - 1);
            if (goesOn(last, call)) {
                List<String> flags = new ArrayList<>(flagsOf(last));
                flags.addAll(flagsOf(call));
                last.put("hex", (String) last.get("hex") + call.get("hex"));
                last.put("flags", DATA.stream().filter(flags::contains).toList());
                last.putAll(call.containsKey("crc") ? Map.of("crc", call.get("crc")) : Map.of());
            } else {
                joined.add(new LinkedHashMap<>(call));
            }
        }
        return joined;
    }

    private static boolean goesOn(Map<String, Object> last, Map<String, Object> call) {
        return "D".equals(last.get("frame"))
                && "D".equals(call.get("frame"))
                && last.get("exchange").equals(call.get("exchange"))
                && (long) last.get("offset") + ((String) last.get("hex")).length() / 2 == (long) call.get("offset")
                && !flagsOf(call).contains("OPEN")
                && !flagsOf(last).contains("END")
                && !flagsOf(last).contains("ALL");
    }

    @SuppressWarnings("unchecked")
    private static List<String> flagsOf(Map<String, Object> call) {
        return (List<String>) call.get("flags");
    }

    @Override
    public void ack(long exchange, int flags, long received, long released, long limit) {
        Map<String, Object> call = call("A");
        call.put("exchange", exchange);
        call.put("flags", names(flags, ACK));
        call.put("received", received);
        call.put("released", released);
        call.put("limit", limit);
    }

    @Override
    public void known(long exchange) {
        call("K").put("exchange", exchange);
    }

    @Override
    public void cut(long exchange, int flags, int code, long finalSize, String text) {
        Map<String, Object> call = call("X");
        call.put("exchange", exchange);
        call.put("flags", names(flags, CUT));
        call.put("code", (long) code);
        call.put("finalSize", finalSize);
        call.put("text", text);
    }

    @Override
    public void more(long highest) {
        call("M").put("highest", highest);
    }

    @Override
    public void ping(boolean pong, long token) {
        Map<String, Object> call = call("P");
        call.put("flags", pong ? List.of("PONG") : List.of());
        call.put("token", String.format("%016x", token));
    }

    @Override
    public void listed(long highest) {
        call("Z").put("highest", highest);
    }

    @Override
    public void going(int code, int millis, String text) {
        Map<String, Object> call = call("G");
        call.put("code", (long) code);
        call.put("ms", (long) millis);
        call.put("text", text);
    }

    @Override
    public void bye(int code, String text) {
        Map<String, Object> call = call("B");
        call.put("code", (long) code);
        call.put("text", text);
    }

    private Map<String, Object> call(String frame) {
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("frame", frame);
        all.add(call);
        return call;
    }

    private static List<String> names(int flags, List<String> names) {
        List<String> set = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if ((flags & (1 << i)) != 0) {
                set.add(names.get(i));
            }
        }
        return set;
    }

    static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return HexFormat.of().formatHex(copy);
    }
}
