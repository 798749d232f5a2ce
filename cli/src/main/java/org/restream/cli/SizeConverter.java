package org.restream.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes in bytes as people write them: 512, 64k, 10m, 2g; k is 1,024. */
final class SizeConverter implements ITypeConverter<Long> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([kmg]?)");

    @Override
    public Long convert(String text) {
        Matcher parts = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw new TypeConversionException("'" + Printable.of(text)
                    + "' is no size: it takes a number of bytes, or one with k, m or g, as in 64k or 10m");
        }
        int powerOfTwo = "kmg".indexOf(parts.group(2)) * 10 + 10;
        long number = Long.parseLong(parts.group(1));
        return parts.group(2).isEmpty() ? number : number << powerOfTwo;
    }
}
