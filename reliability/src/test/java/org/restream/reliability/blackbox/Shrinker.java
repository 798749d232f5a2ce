package org.restream.reliability.blackbox;

import java.util.ArrayList;
import java.util.List;

/** Looks for a smaller plan that breaks the same rule. Tries each several times, because timing matters. */
final class Shrinker {
    private static final int TIMES = 3;

    private final Lane lane;
    private final Rule rule;
    private final long until;

    Shrinker(Lane lane, Rule rule, long millis) {
        this.lane = lane;
        this.rule = rule;
        until = System.nanoTime() + millis * 1_000_000;
    }

    Plan shrink(Plan plan) throws Exception {
        for (Plan smaller : smaller(plan)) {
            if (System.nanoTime() > until) {
                return plan;
            }
            if (makesSense(smaller) && isWrong(smaller)) {
                return shrink(smaller);
            }
        }
        return plan;
    }

    private boolean isWrong(Plan plan) throws Exception {
        for (int i = 0; i < TIMES && System.nanoTime() < until; i++) {
            if (Transfer.judge(plan, lane, new Tally()).rule() == rule) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is a byte counter, if the plan depends on one. */
    private static boolean makesSense(Plan plan) {
        if (plan.text("blow").startsWith("relay:") && plan.relay() == Relay.NONE) {
            return false;
        }
        return switch (plan.text("when").split(":")[0]) {
            case "up", "down" -> plan.relay().isOurs();
            case "fed" -> plan.source().isFed();
            default -> true;
        };
    }

    private static List<Plan> smaller(Plan plan) {
        List<Plan> plans = new ArrayList<>();
        for (String name : List.copyOf(plan.values().keySet())) {
            if (List.of("seed", "family", "jdk", "peer", "tries", "idle", "then")
                    .contains(name)) {
                continue;
            }
            if (!name.equals("size")) {
                plans.add(plan.without(name));
            }
            if (plan.text(name).matches("[0-9]{2,}")) {
                plans.add(plan.with(name, plan.number(name) / 10));
                plans.add(plan.with(name, plan.number(name) / 2));
            }
        }
        return plans;
    }
}
