package org.restream.testing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Unusual headers: strange text, odd numbers, deep nesting. */
public final class RandomHeaders {
    private static final String[] STRANGE = {
        "",
        "\n\n",
        "\r\n",
        "\0",
        "\"",
        "\\",
        "\\n",
        "/",
        "\u007f",
        "\u0085",
        "\u2028\u2029",
        "\ufeff",
        "\ufffd",
        "\uffff",
        "\ud83d\ude00",
        "\ud83d",
        "\ude00",
        "\ude00\ud83d",
        "\ud83d\ud83d\ude00",
        "é",
        "e\u0301",
        "__proto__",
        "null",
        "{}\n\n"
    };

    private RandomHeaders() {}

    public static Map<String, Object> fields(SplittableRandom random) {
        return object(random, 4);
    }

    public static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int pieces = random.nextInt(4); pieces > 0; pieces--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append(STRANGE[random.nextInt(STRANGE.length)]);
                case 1 -> text.append((char) random.nextInt(0x80));
                case 2 -> text.append((char) random.nextInt(0x10000));
                default -> text.appendCodePoint(random.nextInt(0x110000));
            }
        }
        return text.toString();
    }

    /** Any text without unpaired surrogates, which a name must not have. */
    private static String name(SplittableRandom random) {
        String text = text(random);
        return StandardCharsets.UTF_8.newEncoder().canEncode(text) ? text : "name" + random.nextInt(100);
    }

    private static Map<String, Object> object(SplittableRandom random, int depth) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int n = random.nextInt(5); n > 0; n--) {
            fields.put(name(random), value(random, depth - 1));
        }
        return fields;
    }

    private static List<Object> array(SplittableRandom random, int depth) {
        List<Object> items = new ArrayList<>();
        for (int n = random.nextInt(5); n > 0; n--) {
            items.add(value(random, depth - 1));
        }
        return items;
    }

    private static Object value(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> text(random);
            case 3, 4 -> number(random);
            case 5 -> object(random, depth);
            default -> array(random, depth);
        };
    }

    private static Object number(SplittableRandom random) {
        return switch (random.nextInt(9)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextLong();
            case 2 -> BigInteger.valueOf(random.nextLong()).pow(1 + random.nextInt(40));
            case 3 -> new BigDecimal(BigInteger.valueOf(random.nextLong()).pow(3), random.nextInt(-500, 500));
            case 4 -> new BigDecimal(BigInteger.valueOf(random.nextInt()), random.nextInt(-9_900, 9_900));
            case 5 -> finite(Double.longBitsToDouble(random.nextLong()));
            case 6 -> random.nextInt(1_000_000) / 100.0;
            case 7 ->
                new Object[] {-0.0, 0.0, Double.MIN_VALUE, Double.MAX_VALUE, 0.1f, Float.MAX_VALUE}[random.nextInt(6)];
            default -> new Object[] {(short) 1, (byte) -1, Long.MIN_VALUE, Long.MAX_VALUE, 0}[random.nextInt(5)];
        };
    }

    private static double finite(double number) {
        return Double.isFinite(number) ? number : 0;
    }
}
