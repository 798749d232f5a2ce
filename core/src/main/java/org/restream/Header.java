package org.restream;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.restream.internal.text.Printable;
import org.restream.internal.wire.JsonText;
import org.restream.internal.wire.JsonValues;

/**
 * A header: one JSON object, as an immutable map that keeps the order of its fields.
 *
 * <p>Its values are {@link String}, {@link Boolean}, null, numbers, and unmodifiable {@link java.util.List}s and {@link
 * Map}s of such values. Numbers are normalized, so that the header that the peer receives equals the one that was sent:
 * a whole number is a {@link Long}, or a {@link java.math.BigInteger} beyond its range; any other number is a {@link
 * Double}, or a {@link java.math.BigDecimal} if a double would lose digits.
 */
public final class Header extends AbstractMap<String, @Nullable Object> {
    private static final Header EMPTY = new Header(Collections.emptyMap());

    private final Map<String, @Nullable Object> fields;

    private Header(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    /**
     * The empty header.
     *
     * @return <code>{}</code>
     */
    public static Header of() {
        return EMPTY;
    }

    /**
     * Creates a header with these fields.
     *
     * @param namesAndValues name, value, name, value, …; if a name occurs twice, the last value counts
     * @return the header
     * @throws IllegalArgumentException if a name has no value or is not a string, or a value can't be represented in
     *     JSON
     */
    public static Header of(@Nullable Object... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "a header takes name, value, name, value, …, but these are " + namesAndValues.length);
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (!(namesAndValues[i] instanceof String name)) {
                throw new IllegalArgumentException("a header's field name must be text, not " + namesAndValues[i]);
            }
            fields.put(name, namesAndValues[i + 1]);
        }
        return from(fields);
    }

    /**
     * Creates a header with the entries of a map, in its order.
     *
     * @param fields names and values
     * @return the header
     * @throws IllegalArgumentException if a value can't be represented in JSON; the message names the field and the
     *     type
     */
    public static Header from(Map<String, ?> fields) {
        return fields instanceof Header header ? header : new Header(JsonValues.normalized(fields));
    }

    /**
     * Parses a JSON object like a header on the wire: white space around it is allowed, and if a field occurs twice,
     * the last value counts.
     *
     * @param json a JSON object
     * @return the header
     * @throws MalformedHeaderException if it is not a JSON object; the message says what is wrong, and where
     */
    public static Header parse(String json) throws MalformedHeaderException {
        return new Header(JsonText.read(json));
    }

    /**
     * The value of a text field.
     *
     * @param name the field's name
     * @return its text, or null if there is no such field or its value is null
     * @throws IllegalArgumentException if its value has another type
     */
    public @Nullable String getString(String name) {
        return get(name, String.class, "text");
    }

    /**
     * The value of a field with a whole number.
     *
     * @param name the field's name
     * @return its number, or null if there is no such field or its value is null
     * @throws IllegalArgumentException if its value has another type, or is beyond the range of a long
     */
    public @Nullable Long getLong(String name) {
        return get(name, Long.class, "a whole number of at most 64 bits");
    }

    /**
     * The value of a field that is true or false.
     *
     * @param name the field's name
     * @return its value, or null if there is no such field or its value is null
     * @throws IllegalArgumentException if its value has another type
     */
    public @Nullable Boolean getBoolean(String name) {
        return get(name, Boolean.class, "true or false");
    }

    private <T> @Nullable T get(String name, Class<T> type, String meaning) {
        Object value = fields.get(name);
        if (value == null || type.isInstance(value)) {
            return type.cast(value);
        }
        throw new IllegalArgumentException(
                "header field \"" + name + "\" is not " + meaning + ", but " + Printable.of(JsonText.write(value)));
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        return fields.get(name);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return fields.containsKey(name);
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        return fields.entrySet();
    }

    /**
     * The header as it is sent.
     *
     * @return compact JSON
     */
    @Override
    public String toString() {
        return JsonText.write(fields);
    }
}
