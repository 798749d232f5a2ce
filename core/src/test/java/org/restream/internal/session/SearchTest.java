package org.restream.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two sessions, whatever happens to their connections and in whichever order: every byte comes once, and all ends. With
 * {@code -Dsearch=full} the larger scenarios, too, which take some minutes.
 */
class SearchTest {
    private static final String ALL_CANCELS = "ASCasc";

    static Stream<Arguments> small() {
        return Stream.of(
                arguments("empty messages", Scenario.one(0, 0).losses(2)),
                arguments("more than a window", Scenario.one(3, 3).losses(1)),
                arguments(
                        "lists before the welcome", Scenario.one(3, 3).losses(1).listsAtOnce()),
                arguments(
                        "frames in parts", Scenario.one(3, 0).losses(1).parts().lateEnds()),
                arguments(
                        "a larger window",
                        Scenario.one(9, 1).window(8).quantum(4).piece(4).losses(1)),
                arguments(
                        "a window that grows",
                        Scenario.two(5, 0, 3, 0).growing(4).quantum(4).piece(5)),
                arguments("a crash", Scenario.one(1, 1).losses(1).crashes(1)),
                arguments(
                        "a wrong CRC of the request",
                        Scenario.one(1, 1).losses(1).corruptRequest()),
                arguments(
                        "a wrong CRC of the response",
                        Scenario.one(1, 1).losses(1).corruptResponse().eagerHandlers()),
                arguments("cancels", Scenario.one(3, 3).cancels(2, ALL_CANCELS)),
                arguments(
                        "a cancel and a loss",
                        Scenario.one(0, 3).cancels(1, ALL_CANCELS).losses(1).early()),
                arguments(
                        "a stop and two losses",
                        Scenario.one(0, 0).cancels(1, "S").losses(2)),
                arguments(
                        "a cut and two losses",
                        Scenario.one(0, 0).cancels(1, "C").losses(2)),
                arguments(
                        "a cut, then a cancel, and a loss",
                        Scenario.one(0, 0).cancels(2, "CA").losses(1)),
                arguments("two", Scenario.two(1, 1, 1, 1)),
                arguments("two, and a loss", Scenario.two(0, 0, 0, 0).losses(1)),
                arguments(
                        "two in one place",
                        Scenario.two(1, 1, 1, 1).places(1).losses(1).narrow()),
                arguments(
                        "two in one place, a cancel",
                        Scenario.two(0, 0, 0, 0).places(1).cancels(1, "A").losses(1)),
                arguments(
                        "three in two places",
                        Scenario.of(new int[3], new int[3]).places(2)),
                arguments(
                        "a slow reader of the response",
                        Scenario.two(1, 3, 1, 3).sleeper(0)),
                arguments(
                        "a slow reader of the request", Scenario.two(3, 1, 3, 1).sleeper(0)));
    }

    static Stream<Arguments> large() {
        return Stream.of(
                arguments("bytes, two losses", Scenario.one(1, 1).losses(2)),
                arguments(
                        "cancels and losses",
                        Scenario.one(0, 0).cancels(2, ALL_CANCELS).losses(2)),
                arguments("parts", Scenario.one(3, 3).losses(1).parts().lateEnds()),
                arguments(
                        "cancels and a loss",
                        Scenario.one(1, 1).cancels(2, ALL_CANCELS).losses(1).listsAtOnce()),
                arguments(
                        "a cancel and losses",
                        Scenario.one(0, 1).cancels(1, ALL_CANCELS).losses(2)),
                arguments("more than a window, losses", Scenario.one(3, 3).losses(2)),
                arguments("two, a crash", Scenario.two(1, 0, 0, 0).losses(1).crashes(1)),
                arguments(
                        "two, cancels",
                        Scenario.two(0, 0, 0, 1)
                                .places(1)
                                .cancels(2, ALL_CANCELS)
                                .early()),
                arguments(
                        "two, a cancel and a loss",
                        Scenario.two(0, 0, 0, 0).cancels(1, "A").losses(1)),
                arguments(
                        "three, a cancel",
                        Scenario.of(new int[3], new int[3]).places(2).cancels(1, "Aa")));
    }

    static Stream<Arguments> scenarios() {
        return "full".equals(System.getProperty("search")) ? Stream.concat(small(), large()) : small();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void every_order_of_events_ends_well(String name, Scenario scenario) {
        Search.Result result = new Search(scenario, 10_000_000).run();

        System.out.println(name + ": " + result);
        assertThat(result.problem()).as(result.toString()).isNull();
        assertThat(result.ends()).isPositive();
    }
}
