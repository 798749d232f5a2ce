package org.restream.cli.command;

import java.math.BigInteger;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers in ASCII digits. The error for a number that does not fit names the limit. */
public final class NumberConverters {
    private NumberConverters() {}

    public static void register(CommandLine command) {
        ITypeConverter<Integer> whole = NumberConverters::whole;
        ITypeConverter<Double> decimal = NumberConverters::decimal;
        command.registerConverter(Integer.class, whole).registerConverter(int.class, whole);
        command.registerConverter(Double.class, decimal).registerConverter(double.class, decimal);
    }

    private static Integer whole(String text) {
        if (!text.matches("-?[0-9]{1,30}")) {
            throw refused(text, "whole number: it takes digits, as in 10");
        }
        BigInteger number = new BigInteger(text);
        if (number.bitLength() >= Integer.SIZE) {
            throw refused(text, "number for this option: it is at most " + Integer.MAX_VALUE);
        }
        return number.intValueExact();
    }

    private static Double decimal(String text) {
        if (!text.matches("-?[0-9]{1,30}([.][0-9]{1,30})?")) {
            throw refused(text, "number: it takes digits and a point, as in 0.5");
        }
        return Double.valueOf(text);
    }

    private static TypeConversionException refused(String text, String what) {
        return new TypeConversionException("'" + Printable.of(text) + "' is not a " + what);
    }
}
