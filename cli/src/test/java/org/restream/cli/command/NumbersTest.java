package org.restream.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Numbers on the command line: they are exact, or the error names the value and the rule. */
class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "0ms, PT0S",
        "250ms, PT0.25S",
        "1.5s, PT1.5S",
        "0.000001ms, PT0.000000001S",
        "0.0000010ms, PT0.000000001S",
        "2m, PT2M",
        "2562047h, PT2562047H",
        "0000000000000000001s, PT1S",
    })
    void a_duration_is_what_was_written(String text, Duration duration) {
        assertThat(new DurationConverter().convert(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({
        "5124096h, 'it is at most 292 years, 2562047h'",
        "2562048h, 'it is at most 292 years, 2562047h'",
        "999999999999h, 'it is at most 292 years, 2562047h'",
        "0.0000001ms, 'the smallest unit is a nanosecond, 0.000001ms'",
        "1.0000000001s, 'the smallest unit is a nanosecond, 0.000001ms'",
        "-1s, 'it takes a number and ms, s, m or h, as in 250ms or 10s'",
        "1, 'it takes a number and ms, s, m or h, as in 250ms or 10s'",
        "٥s, 'it takes a number and ms, s, m or h, as in 250ms or 10s'",
    })
    void or_refused(String text, String rule) {
        assertThatThrownBy(() -> new DurationConverter().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + text + "' is not a duration: " + rule);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "512, 512",
        "64k, 65536",
        "10M, 10485760",
        "8589934591g, 9223372035781033984",
        "1000000000000, 1000000000000",
        "9223372036854775807, 9223372036854775807",
    })
    void a_size_is_what_was_written(String text, long size) {
        assertThat(new SizeConverter().convert(text)).isEqualTo(size);
    }

    @ParameterizedTest
    @CsvSource({
        "8589934592g, it is at most 9223372036854775807 bytes",
        "9223372036854775808, it is at most 9223372036854775807 bytes",
        "1z, 'it takes a number of bytes, or one with k, m or g, as in 64k or 10m'",
        "-1, 'it takes a number of bytes, or one with k, m or g, as in 64k or 10m'",
    })
    void or_is_refused(String text, String rule) {
        assertThatThrownBy(() -> new SizeConverter().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + text + "' is not a size: " + rule);
    }

    @Command(name = "numbers")
    private static final class Numbers {
        @Option(names = "--whole")
        private int whole;

        @Option(names = "--decimal")
        private double decimal;
    }

    @ParameterizedTest
    @CsvSource({
        "2147483648, 'not a number for this option: it is at most 2147483647'",
        "99999999999999999999, 'not a number for this option: it is at most 2147483647'",
        "1.5, 'not a whole number: it takes digits, as in 10'",
        "0x10, 'not a whole number: it takes digits, as in 10'",
        "1e3, 'not a whole number: it takes digits, as in 10'",
        "٥, 'not a whole number: it takes digits, as in 10'",
    })
    void a_whole_number_that_is_none_or_does_not_fit_is_refused(String text, String rule) {
        CommandLine command = new CommandLine(new Numbers());
        NumberConverters.register(command);
        assertThatThrownBy(() -> command.parseArgs("--whole=" + text))
                .hasMessage("Invalid value for option '--whole': '" + text + "' is " + rule);
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity", "0x1p-1", "0.5f", "'0,5'", "much"})
    void so_is_a_decimal_one(String text) {
        CommandLine command = new CommandLine(new Numbers());
        NumberConverters.register(command);
        assertThatThrownBy(() -> command.parseArgs("--decimal=" + text))
                .hasMessage("Invalid value for option '--decimal': '" + text
                        + "' is not a number: it takes digits and a point, as in 0.5");
    }

    @ParameterizedTest
    @CsvSource({"10, 0.25", "-1, -0.5", "007, 1"})
    void others_are_taken(int whole, double decimal) {
        Numbers numbers = new Numbers();
        CommandLine command = new CommandLine(numbers);
        NumberConverters.register(command);
        command.parseArgs("--whole=" + whole, "--decimal=" + decimal);
        assertThat(numbers.whole).isEqualTo(whole);
        assertThat(numbers.decimal).isEqualTo(decimal);
    }
}
