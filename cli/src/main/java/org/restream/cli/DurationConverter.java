package org.restream.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write them: 250ms, 10s, 1.5m, 2h, and 0. */
final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}(?:[.][0-9]{1,9})?)(ms|s|m|h)");
    private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);

    @Override
    public Duration convert(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new TypeConversionException("'" + Printable.of(text)
                    + "' is no duration: it takes a number and ms, s, m or h, as in 250ms or 10s");
        }
        BigDecimal millis =
                new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(MILLIS.getOrDefault(parts.group(2), 1L)));
        return Duration.ofNanos(millis.movePointRight(6).longValue());
    }
}
