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
 * A header: one JSON object. An immutable map that keeps the order of its fields.
 *
 * <p>Its values are {@link String}, {@link Boolean}, null, unmodifiable {@link java.util.List} and {@link Map} of values,
 * and numbers, brought into one form so that a header equals itself after a journey: whole numbers are {@link Long}, or
 * {@link java.math.BigInteger} beyond it; others are {@link Double}, or {@link java.math.BigDecimal} where a double would
 * lose digits.
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
     * A header of these fields.
     *
     * @param namesAndValues name, value, name, value, …; of the same name twice the last one counts
     * @return the header
     * @throws IllegalArgumentException if a name has no value, is no text, or a value can't be JSON
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
     * A header of a map's entries, in its order.
     *
     * @param fields names and values
     * @return the header
     * @throws IllegalArgumentException if a value can't be JSON; the message names the field and the value's type
     */
    public static Header from(Map<String, ?> fields) {
        return fields instanceof Header header ? header : new Header(JsonValues.normalized(fields));
    }

    /**
     * Reads a JSON object, as a header on the wire is read: white space around it is allowed, of a field said twice the last
     * one counts.
     *
     * @param json the text
     * @return the header
     * @throws MalformedHeaderException if it is no JSON object; the message says what is wrong, and where
     */
    public static Header parse(String json) throws MalformedHeaderException {
        return new Header(Collections.unmodifiableMap(JsonText.read(json)));
    }

    /**
     * A field's text.
     *
     * @param name the field's name
     * @return its text, or null if there is no such field or it is null
     * @throws IllegalArgumentException if it is something else
     */
    public @Nullable String getString(String name) {
        return get(name, String.class, "text");
    }

    /**
     * A field's whole number.
     *
     * @param name the field's name
     * @return its number, or null if there is no such field or it is null
     * @throws IllegalArgumentException if it is something else, or beyond the range of a long
     */
    public @Nullable Long getLong(String name) {
        return get(name, Long.class, "a whole number of at most 64 bits");
    }

    /**
     * A field's truth.
     *
     * @param name the field's name
     * @return its value, or null if there is no such field or it is null
     * @throws IllegalArgumentException if it is something else
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
     * The header as it goes over the wire.
     *
     * @return compact JSON
     */
    @Override
    public String toString() {
        return JsonText.write(fields);
    }
}
