package org.restream;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.restream.internal.text.SafeText;

/** Makes options values: two are equal if all their fields are, and their text names each field. */
final class OptionFields {
    private OptionFields() {}

    static boolean equal(Object one, Object other) {
        return one.getClass() == other.getClass() && values(one).equals(values(other));
    }

    static int hash(Object options) {
        return values(options).hashCode();
    }

    static String text(Object options) {
        StringJoiner text = new StringJoiner(", ", options.getClass().getSimpleName() + "[", "]");
        for (Field field : fields(options)) {
            Object value = value(field, options);
            text.add(field.getName() + "=" + (value == null ? "none" : SafeText.of(value)));
        }
        return text.toString();
    }

    private static List<Object> values(Object options) {
        List<Object> values = new ArrayList<>();
        fields(options).forEach(field -> values.add(Objects.requireNonNullElse(value(field, options), "none")));
        return values;
    }

    /** Those of its class, then those of the classes above. */
    private static List<Field> fields(Object options) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> type = options.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    private static @Nullable Object value(Field field, Object options) {
        try {
            field.setAccessible(true);
            return field.get(options);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
