package org.restream.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ways in which our reading of a header may differ from a JavaScript peer's. */
final class HeaderDifferences {
    /** Each is documented in docs/wire.md. */
    enum Kind {
        TOO_LARGE_FOR_A_DOUBLE("`1e400` is `Infinity` there"),
        ROUNDED("Whole numbers beyond 2^53 are rounded there"),
        MORE_THAN_IS_TAKEN("A number with 1,001 digits is an error here"),
        HALF_A_SURROGATE_PAIR_IN_A_NAME("Half a surrogate pair in a field's name"),
        SPELLED_OTHERWISE("`1.0` is written as `1` there"),
        INDICES_FIRST("Names that look like an index"),
        BAD_UTF_8("Invalid UTF-8 is an error here");

        private final String listed;

        Kind(String listed) {
            this.listed = listed;
        }
    }

    private static final Path PAGE = Path.of(System.getProperty("basedir", "."), "../docs/wire.md");

    private final Set<Kind> seen = EnumSet.noneOf(Kind.class);

    Set<Kind> seen() {
        return seen;
    }

    /** The kinds that the page lists. */
    Set<Kind> listed() throws IOException {
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf("\n## Differences to a JavaScript peer"));
        Set<Kind> listed = EnumSet.noneOf(Kind.class);
        for (Kind kind : Kind.values()) {
            if (section.substring(0, section.indexOf("\n## ", 1)).contains("\n- " + kind.listed)) {
                listed.add(kind);
            }
        }
        return listed;
    }

    /** We reject a header that the other one accepts. */
    void refusedHereOnly(String why, String shown) {
        if (why.contains("is not UTF-8")) {
            seen.add(Kind.BAD_UTF_8);
        } else if (why.contains("Broken surrogate pair in property name")) {
            seen.add(Kind.HALF_A_SURROGATE_PAIR_IN_A_NAME);
        } else if (why.contains("exceeds a limit") || why.contains("too large or too small")) {
            seen.add(Kind.MORE_THAN_IS_TAKEN);
        } else {
            throw new AssertionError("refused here only: " + why + ": " + shown);
        }
    }

    void compare(@Nullable Object ours, @Nullable Object theirs, String shown) {
        if (ours instanceof Map<?, ?> map && theirs instanceof Map<?, ?> others) {
            compareNames(new ArrayList<>(map.keySet()), new ArrayList<>(others.keySet()), shown);
            map.forEach((name, value) -> compare(value, others.get(name), shown));
        } else if (ours instanceof List<?> items && theirs instanceof List<?> others) {
            assertThat(others).as(shown).hasSameSizeAs(items);
            for (int i = 0; i < items.size(); i++) {
                compare(items.get(i), others.get(i), shown);
            }
        } else if (ours instanceof Number number) {
            compareNumbers(number, theirs, shown);
        } else {
            assertThat(theirs).as(shown).isEqualTo(ours);
        }
    }

    private void compareNames(List<?> ours, List<?> theirs, String shown) {
        if (!ours.equals(theirs)) {
            List<Object> expected = new ArrayList<>(ours.stream()
                    .filter(HeaderDifferences::isIndex)
                    .sorted((a, b) -> Long.compare(Long.parseLong((String) a), Long.parseLong((String) b)))
                    .toList());
            expected.addAll(ours.stream().filter(name -> !isIndex(name)).toList());
            assertThat(theirs).as(shown).isEqualTo(expected);
            seen.add(Kind.INDICES_FIRST);
        }
    }

    /** ECMA-262: an array index is a whole number below 2^32 - 1, spelled as numbers are. */
    private static boolean isIndex(Object name) {
        return ((String) name).matches("0|[1-9][0-9]{0,9}") && Long.parseLong((String) name) < (1L << 32) - 1;
    }

    private void compareNumbers(Number ours, @Nullable Object theirs, String shown) {
        if (theirs == null) {
            assertThat(ours.doubleValue()).as(shown).isInfinite();
            seen.add(Kind.TOO_LARGE_FOR_A_DOUBLE);
            return;
        }
        assertThat(theirs).as(shown).isInstanceOf(Number.class);
        // adding 0 turns -0 into 0
        double value = ((Number) theirs).doubleValue() + 0.0;
        assertThat(value).as(shown).isEqualTo(ours.doubleValue() + 0.0);
        if (new BigDecimal(ours.toString()).compareTo(new BigDecimal(theirs.toString())) != 0) {
            seen.add(Kind.ROUNDED);
        } else if (!ours.toString().equals(theirs.toString())) {
            seen.add(Kind.SPELLED_OTHERWISE);
        }
    }
}
