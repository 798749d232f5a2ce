package org.restream.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The search finds each rule that is broken on purpose: it would find one that is broken by mistake. */
class MutantTest {
    private static final Scenario PLAIN = Scenario.one(1, 1);
    private static final Scenario LOSS = Scenario.one(1, 1).losses(1);
    private static final Scenario ONE_PLACE = Scenario.two(0, 0, 0, 0).places(1);

    private static final Map<Mutant, Scenario> SCENARIOS = new EnumMap<>(Map.ofEntries(
            Map.entry(Mutant.FORGET_UNTOLD, PLAIN),
            Map.entry(Mutant.NO_LISTING_WAIT, LOSS),
            Map.entry(Mutant.CUT_NOT_REPEATED, LOSS.cancels(1, "C")),
            Map.entry(Mutant.STOP_NOT_REPEATED, LOSS.cancels(1, "S")),
            Map.entry(Mutant.KNOWN_LOST, PLAIN),
            Map.entry(Mutant.ACK_LOST, Scenario.one(3, 1)),
            Map.entry(Mutant.MORE_LOST, ONE_PLACE),
            Map.entry(Mutant.STOP_UNANSWERED, PLAIN.cancels(1, "S")),
            Map.entry(Mutant.END_NOT_REPEATED, LOSS),
            Map.entry(Mutant.NEXT_KEPT, LOSS),
            Map.entry(Mutant.OPEN_NOT_REPEATED, LOSS),
            Map.entry(Mutant.SEEN_TOO_HIGH, LOSS),
            Map.entry(Mutant.ABSENCE_IGNORED, LOSS),
            Map.entry(Mutant.WHOLE_NOT_LISTED, LOSS),
            Map.entry(Mutant.LIMIT_ADDED, Scenario.one(3, 1).losses(1)),
            Map.entry(Mutant.LIMIT_IGNORED, Scenario.one(5, 1).piece(5)),
            Map.entry(Mutant.RELEASED_WHEN_SENT, LOSS),
            Map.entry(Mutant.ACK_AHEAD, Scenario.one(3, 1).losses(1)),
            Map.entry(Mutant.PLACE_FREED_EARLY, ONE_PLACE),
            Map.entry(Mutant.CREDIT_IGNORED, ONE_PLACE),
            Map.entry(Mutant.EPOCH_UNCHECKED, Scenario.one(0, 0).losses(2).listsAtOnce()),
            Map.entry(Mutant.NO_FENCE, LOSS),
            Map.entry(Mutant.MEMORY_UNCHECKED, LOSS.crashes(1)),
            Map.entry(Mutant.CUT_SIZE_LESS, Scenario.one(3, 1).piece(1).cancels(1, "C")),
            Map.entry(Mutant.LIAR, LOSS.crashes(1)),
            Map.entry(
                    Mutant.GROWTH_LOST,
                    Scenario.two(5, 0, 3, 0).growing(4).quantum(4).piece(5)),
            Map.entry(Mutant.SPOILED_UNTOLD, LOSS.corruptRequest())));

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void a_broken_rule_is_found(Mutant mutant) {
        Scenario scenario = SCENARIOS.get(mutant);
        assertThat(scenario).isNotNull();

        Search.Result result = new Search(scenario.mutant(mutant), 1_000_000).run();

        assertThat(result.problem()).as(mutant + " in " + result).isNotNull();
        assertThat(result.path()).isNotEmpty();
    }

    @Test
    void every_scenario_is_good_where_no_rule_is_broken() {
        Set<Mutant> listed = EnumSet.copyOf(SCENARIOS.keySet());

        assertThat(listed).isEqualTo(EnumSet.complementOf(EnumSet.of(Mutant.NONE)));
        for (Scenario scenario : Set.copyOf(SCENARIOS.values())) {
            Search.Result result = new Search(scenario, 1_000_000).run();
            assertThat(result.problem()).as(result.toString()).isNull();
        }
    }
}
