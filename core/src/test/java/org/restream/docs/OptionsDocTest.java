package org.restream.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.restream.Backoff;
import org.restream.ClientOptions;
import org.restream.ServerOptions;
import org.restream.testing.Docs;

/** Compares docs/options.md with the code: its rows have to be the options with their defaults. */
class OptionsDocTest {
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| ([^|]*) \\|.*");
    private static final int COLUMNS = 7;

    private record Row(String option, String byDefault) {}

    static Stream<Arguments> tables() {
        return Stream.of(
                Arguments.arguments("## Client", ClientOptions.defaults()),
                Arguments.arguments("## Server", ServerOptions.defaults()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    void each_option_has_one_row_and_each_row_is_an_option(String heading, Object defaults) {
        assertThat(rows(heading)).extracting(Row::option).containsExactlyInAnyOrderElementsOf(options(defaults));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    void the_default_that_is_written_is_the_default(String heading, Object defaults) throws Exception {
        for (Row row : rows(heading)) {
            Object value = defaults.getClass().getMethod(row.option).invoke(defaults);
            assertThat(row.byDefault).as(row.option).isEqualTo(text(value));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    void each_row_has_all_columns(String heading, Object defaults) {
        assertThat(section(heading))
                .filteredOn(line -> line.startsWith("|"))
                .allMatch(line -> line.chars().filter(c -> c == '|').count() == COLUMNS + 1);
    }

    /** The methods that take a value and return options; one that is inherited returns the type above. */
    private static List<String> options(Object defaults) {
        Class<?> type = defaults.getClass();
        return Stream.of(type.getMethods())
                .filter(method -> method.getReturnType().isAssignableFrom(type) && method.getParameterCount() == 1)
                .map(Method::getName)
                .distinct()
                .collect(Collectors.toList());
    }

    private static String text(Object value) {
        if (value == null || value.equals(List.of())) {
            return "none";
        }
        if (value instanceof Duration duration) {
            return duration.isZero() ? "0" : duration.toSeconds() + " s";
        }
        if (value instanceof Double number) {
            return number % 1 == 0 ? String.valueOf(number.longValue()) : number.toString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
        return value instanceof Backoff ? "linear" : value.toString();
    }

    private static List<Row> rows(String heading) {
        List<Row> rows = new ArrayList<>();
        for (String line : section(heading)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.add(new Row(row.group(1), row.group(2)));
            }
        }
        return rows;
    }

    private static List<String> section(String heading) {
        List<String> lines = Docs.lines("options.md");
        int start = lines.indexOf(heading);
        assertThat(start).as(heading).isNotNegative();
        return lines.subList(start + 1, lines.size()).stream()
                .takeWhile(line -> !line.startsWith("## "))
                .toList();
    }
}
