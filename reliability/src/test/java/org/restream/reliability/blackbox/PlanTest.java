package org.restream.reliability.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlanTest {
    @Test
    void a_plan_is_a_function_of_its_seed_and_can_be_read_from_its_text() {
        for (long seed = 0; seed < 1_000; seed++) {
            Plan plan = Family.plan(seed);
            assertThat(Family.plan(seed)).hasToString(plan.toString());
            assertThat(Plan.parse(plan.toString())).hasToString(plan.toString());
        }
    }
}
