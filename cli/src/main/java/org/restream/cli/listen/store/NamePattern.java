package org.restream.cli.listen.store;

import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.restream.Header;

/** The pattern by which {@code --output} names files: text with header fields, {@code {n}} and {@code {time}} in it. */
public final class NamePattern {
    public static final String DEFAULT = "{name}";

    private static final Pattern PLACE = Pattern.compile("\\{([^{}]+)}");
    private static final String UNIQUE = "{time}-{n}";

    private final String pattern;

    public NamePattern(String pattern) {
        String rest = PLACE.matcher(pattern).replaceAll("");
        if (pattern.isBlank() || rest.contains("{") || rest.contains("}") || rest.contains("/")) {
            throw new IllegalArgumentException(
                    "--name '" + pattern
                            + "' is not a pattern: it takes a file name without /, with fields in braces, as in '{name}-{n}.txt'");
        }
        this.pattern = pattern;
    }

    /**
     * The name for a request.
     *
     * @param header the request's header
     * @param n the value of {@code {n}}
     * @param now the value of {@code {time}}
     * @return a safe name, never empty; {@code {time}-{n}} if the header lacks a field that the pattern needs
     */
    public String fill(Header header, long n, Instant now) {
        String name = filled(pattern, header, n, now);
        String safe = name == null ? "" : FileName.safe(name);
        return safe.isEmpty() ? String.valueOf(filled(UNIQUE, header, n, now)) : safe;
    }

    private static @Nullable String filled(String pattern, Header header, long n, Instant now) {
        StringBuilder name = new StringBuilder();
        Matcher places = PLACE.matcher(pattern);
        while (places.find()) {
            String value = value(places.group(1), header, n, now);
            if (value == null) {
                return null;
            }
            places.appendReplacement(name, Matcher.quoteReplacement(value));
        }
        return places.appendTail(name).toString();
    }

    private static @Nullable String value(String place, Header header, long n, Instant now) {
        if (place.equals("n")) {
            return Long.toString(n);
        }
        if (place.equals("time")) {
            return DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                    .format(now.atOffset(ZoneOffset.UTC));
        }
        Object value = header.get(place);
        boolean usable = (value instanceof String text && !text.isBlank())
                || value instanceof Long
                || value instanceof BigInteger
                || value instanceof Boolean;
        return usable ? String.valueOf(value) : null;
    }
}
