package org.restream.cli.command;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses sizes in bytes: 512, 64k, 10m, 2g; k is 1,024. */
public final class SizeConverter implements ITypeConverter<Long> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,30})([kmg]?)");

    @Override
    public Long convert(String text) {
        Matcher parts = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw refused(text, "it takes a number of bytes, or one with k, m or g, as in 64k or 10m");
        }
        int powerOfTwo = parts.group(2).isEmpty() ? 0 : "kmg".indexOf(parts.group(2)) * 10 + 10;
        BigInteger size = new BigInteger(parts.group(1)).shiftLeft(powerOfTwo);
        if (size.bitLength() >= Long.SIZE) {
            throw refused(text, "it is at most " + Long.MAX_VALUE + " bytes");
        }
        return size.longValueExact();
    }

    private static TypeConversionException refused(String text, String rule) {
        return new TypeConversionException("'" + Printable.of(text) + "' is not a size: " + rule);
    }
}
