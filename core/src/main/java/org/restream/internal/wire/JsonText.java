package org.restream.internal.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.restream.MalformedHeaderException;
import org.restream.internal.text.Printable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Converts JSON text to values and back. Length and depth are limited, because the text comes from strangers. */
public final class JsonText {
    /** The maximum nesting of objects and arrays. */
    static final int MAX_DEPTH = 500;
    /** The maximum number of digits of a number, because the time to parse it grows faster than its length. */
    static final int MAX_NUMBER_LENGTH = 1_000;

    static final int MAX_EXPONENT = 9_999;
    /**
     * The initial capacity for fields: enough for most objects in a header, and small if there are many objects.
     */
    static final int FEW = 4;

    // Names and strings need no limit of their own: maxHeaderBytes bounds them.
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            // names come from strangers, who could fill a table of names that is kept for later headers
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    private JsonText() {}

    /** Parses one object with nothing after it. If a field occurs twice, the last one counts, as in JavaScript. The fields are unmodifiable. */
    public static Map<String, @Nullable Object> read(String json) throws MalformedHeaderException {
        Map<String, @Nullable Object> plain = PlainJson.read(json);
        return plain == null ? read("header", json) : JsonValues.unmodifiable(plain);
    }

    /**
     * Parses like {@link #read(String)}.
     *
     * @param what names the text in error messages
     */
    public static Map<String, @Nullable Object> read(String what, String json) throws MalformedHeaderException {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw new MalformedHeaderException("the " + what + " is not a JSON object, but " + kind(first));
            }
            Map<String, @Nullable Object> fields = JsonValues.unmodifiable(object(parser));
            if (parser.nextToken() != null) {
                throw new MalformedHeaderException("the " + what + " goes on after its JSON object, at character "
                        + parser.currentTokenLocation().getCharOffset());
            }
            return fields;
        } catch (StreamConstraintsException e) {
            throw new MalformedHeaderException("the " + what + " exceeds a limit: objects and arrays nested "
                    + MAX_DEPTH + " deep, numbers of " + MAX_NUMBER_LENGTH + " characters");
        } catch (JacksonException e) {
            long at = e.getLocation() == null ? -1 : e.getLocation().getCharOffset();
            // not as the cause, because its message has the peer's raw text
            throw new MalformedHeaderException("the " + what + " is not JSON: " + Printable.of(e.getOriginalMessage())
                    + (at < 0 ? "" : ", at character " + at));
        } catch (NumberFormatException e) {
            // an exponent beyond BigDecimal's range, for which Jackson has no exception of its own
            throw new MalformedHeaderException("the " + what + " has a number that is too large or too small: "
                    + Printable.of(String.valueOf(e.getMessage())));
        }
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(FEW);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return fields;
    }

    private static List<@Nullable Object> array(JsonParser parser) {
        List<@Nullable Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return items;
    }

    /** Saves memory, because a stranger's header may be full of empty values: {@code [[],[],{},{},…}. */
    private static List<@Nullable Object> small(List<@Nullable Object> items) {
        return items.isEmpty() ? Collections.emptyList() : Collections.unmodifiableList(Arrays.asList(items.toArray()));
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> JsonValues.unmodifiable(object(parser));
            case START_ARRAY -> small(array(parser));
            case VALUE_STRING -> parser.getString();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> JsonValues.decimal(parser.getDecimalValue(), parser.getString());
            default -> null;
        };
    }

    private static Object whole(JsonParser parser) {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return parser.getBigIntegerValue();
        }
        return parser.getLongValue();
    }

    private static String kind(@Nullable JsonToken token) {
        if (token == null) {
            return "empty";
        }
        return switch (token) {
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            default -> token.asString();
        };
    }

    /** Writes a value in the form of {@link JsonValues} as compact JSON, which contains no line feed. */
    public static String write(@Nullable Object value) {
        JsonWriter out = new JsonWriter();
        out.value(value);
        return out.text();
    }
}
