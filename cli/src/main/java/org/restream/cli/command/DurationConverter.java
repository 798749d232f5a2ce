package org.restream.cli.command;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses durations: 250ms, 10s, 1.5m, 2h, and 0. */
public final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,30}(?:[.][0-9]{1,30})?)(ms|s|m|h)");
    private static final Map<String, Long> NANOS =
            Map.of("ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L, "h", 3_600_000_000_000L);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    @Override
    public Duration convert(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw refused(text, "it takes a number and ms, s, m or h, as in 250ms or 10s");
        }
        BigDecimal nanos =
                new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(NANOS.getOrDefault(parts.group(2), 1L)));
        if (nanos.compareTo(MOST) > 0) {
            throw refused(text, "it is at most 292 years, 2562047h");
        }
        // rounding could give 0, which has a meaning of its own
        if (nanos.stripTrailingZeros().scale() > 0) {
            throw refused(text, "the smallest unit is a nanosecond, 0.000001ms");
        }
        return Duration.ofNanos(nanos.setScale(0, RoundingMode.UNNECESSARY).longValueExact());
    }

    private static TypeConversionException refused(String text, String rule) {
        return new TypeConversionException("'" + Printable.of(text) + "' is not a duration: " + rule);
    }
}
