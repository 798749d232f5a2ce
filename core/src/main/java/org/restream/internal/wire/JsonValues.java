package org.restream.internal.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.restream.internal.text.Printable;

/** Normalizes the values of a header, so that headers can be compared, whoever has created them. */
public final class JsonValues {
    private JsonValues() {}

    /** A deep, unmodifiable copy, in the same order. */
    public static Map<String, @Nullable Object> normalized(Map<String, ?> fields) {
        return object("", fields, 1);
    }

    /** The normalized value of a field. Checks its name, too. */
    public static @Nullable Object normalized(String name, @Nullable Object value) {
        checkName(name);
        return value(name, value, 1);
    }

    private static Map<String, @Nullable Object> object(String path, Map<?, ?> fields, int depth) {
        checkDepth(depth);
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (!(name instanceof String text)) {
                throw new IllegalArgumentException(
                        "a header's field name must be text, not " + name + (path.isEmpty() ? "" : ", in " + path));
            }
            checkName(text);
            copy.put(text, value(path.isEmpty() ? text : path + '.' + text, value, depth));
        });
        return unmodifiable(copy);
    }

    /**
     * These fields, unmodifiable, and small where they are few: a connection that waits keeps its header, which often has one field,
     * and a stranger's header may be full of small objects.
     */
    static Map<String, @Nullable Object> unmodifiable(Map<String, @Nullable Object> fields) {
        if (fields.isEmpty()) {
            return Collections.emptyMap();
        }
        if (fields.size() > 1) {
            return Collections.unmodifiableMap(fields);
        }
        Map.Entry<String, @Nullable Object> only = fields.entrySet().iterator().next();
        return Collections.singletonMap(only.getKey(), only.getValue());
    }

    private static void checkName(String name) {
        if (Utf8.firstUnpaired(name) >= 0) {
            throw new IllegalArgumentException("the header's field name \"" + Printable.of(name)
                    + "\" has a surrogate without its other half: many peers can't read that");
        }
    }

    private static List<@Nullable Object> array(String path, Collection<?> items, int depth) {
        checkDepth(depth);
        List<@Nullable Object> copy = new ArrayList<>(items.size());
        for (Object item : items) {
            copy.add(value(path + '[' + copy.size() + ']', item, depth));
        }
        return Collections.unmodifiableList(copy);
    }

    private static @Nullable Object value(String path, @Nullable Object value, int depth) {
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof Long) {
            return value;
        }
        if (value instanceof Integer whole) {
            return whole.longValue();
        }
        if (value instanceof CharSequence || value instanceof Character) {
            return value.toString();
        }
        if (value instanceof Map<?, ?> map) {
            return object(path, map, depth + 1);
        }
        if (value instanceof Collection<?> items) {
            return array(path, items, depth + 1);
        }
        if (value instanceof Object[] items) {
            return array(path, Arrays.asList(items), depth + 1);
        }
        if (value instanceof Number number) {
            return number(path, number);
        }
        throw new IllegalArgumentException("header field \"" + Printable.of(path) + "\" is a "
                + value.getClass().getName()
                + "; it must be text, a number, true, false, null, a map or a collection");
    }

    private static void checkDepth(int depth) {
        if (depth > JsonText.MAX_DEPTH) {
            throw new IllegalArgumentException("a header can't be deeper than " + JsonText.MAX_DEPTH + " levels");
        }
    }

    private static Object number(String path, Number number) {
        try {
            checkDigits(path, number.toString());
            if (number instanceof Double || number instanceof Float || number instanceof BigDecimal) {
                String text = number.toString();
                return decimal(new BigDecimal(text), text);
            }
            return whole(new BigInteger(number.toString()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "header field \"" + Printable.of(path) + "\" is " + number + ", which JSON can't represent", e);
        }
    }

    private static void checkDigits(String path, String number) {
        long digits = digits(number);
        if (digits > JsonText.MAX_NUMBER_LENGTH) {
            throw new IllegalArgumentException("header field \"" + Printable.of(path) + "\" is a number of " + digits
                    + " digits; at most " + JsonText.MAX_NUMBER_LENGTH + " are allowed");
        }
    }

    static Object whole(BigInteger number) {
        // not a conditional expression, which would convert both branches to one type
        if (number.bitLength() < Long.SIZE) {
            return number.longValue();
        }
        return number;
    }

    static Object decimal(BigDecimal number, String text) {
        double nearest = Double.parseDouble(text);
        if (Double.isFinite(nearest) && BigDecimal.valueOf(nearest).compareTo(number) == 0) {
            return nearest;
        }
        // without a point or exponent it would be read as a whole number, which is another value
        BigDecimal kept = number.scale() == 0 ? number.setScale(1) : number;
        // what we accept, the next reader must accept too: the form that we write may have a longer exponent
        if (digits(kept.toString()) > JsonText.MAX_NUMBER_LENGTH) {
            throw new NumberFormatException("more than " + JsonText.MAX_NUMBER_LENGTH + " digits, exponent included");
        }
        // converting it to a whole number, or adding to it, would need memory for all its digits
        if (Math.abs((long) kept.precision() - 1 - kept.scale()) > JsonText.MAX_EXPONENT) {
            throw new NumberFormatException("an exponent beyond " + JsonText.MAX_EXPONENT);
        }
        return kept;
    }

    private static long digits(String number) {
        return number.chars().filter(c -> c >= '0' && c <= '9').count();
    }
}
