package org.restream.reliability.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares the journals of all client processes with those of all server processes. */
final class Audit {
    private final Map<Long, String> done = new HashMap<>();
    private final Set<Long> begun = new HashSet<>();
    private final Map<Long, Integer> clientCalls = new HashMap<>();
    private final Map<Long, Integer> serverCalls = new HashMap<>();
    private final Map<Long, Integer> whole = new HashMap<>();
    private final Map<String, Long> openCalls = new HashMap<>();
    private int lost;

    Audit(List<Journal.Fact> clients, List<Journal.Fact> server) {
        for (Journal.Fact fact : clients) {
            switch (fact.what()) {
                case "begin" -> begun.add(fact.request());
                case "call" -> clientCalls.merge(fact.request(), 1, Integer::sum);
                default -> done.put(fact.request(), fact.detail());
            }
        }
        for (Journal.Fact fact : server) {
            String[] detail = fact.detail().split(" ");
            switch (fact.what()) {
                case "call" -> {
                    serverCalls.merge(fact.request(), 1, Integer::sum);
                    openCalls.put(detail[0], fact.request());
                }
                case "lost" -> {
                    lost++;
                    assertThat(openCalls.remove(detail[0])).isEqualTo(fact.request());
                }
                default -> {
                    assertThat(openCalls.remove(detail[0])).isEqualTo(fact.request());
                    assertThat(detail[1])
                            .as("a body that came whole: request %d", fact.request())
                            .isEqualTo(Body.digest(Body.request(fact.request())));
                    whole.merge(fact.request(), 1, Integer::sum);
                }
            }
        }
    }

    /** Fails if the two accounts differ. */
    void check(int serverKills, int clients) {
        assertThat(done.keySet()).as("each that has begun is done").isEqualTo(begun);
        assertThat(whole.keySet())
                .as("what is done came whole, and nothing else did")
                .containsAll(done.keySet());
        done.forEach((request, digests) -> assertThat(digests)
                .as("what a client was answered: request %d", request)
                .isEqualTo(Body.digest(Body.request(request)) + " " + Body.digest(Body.answer(request))));
        serverCalls.forEach((request, calls) -> assertThat(calls)
                .as("calls at the server for those of the client: request %d", request)
                .isLessThanOrEqualTo(clientCalls.getOrDefault(request, 0)));
        assertThat(openCalls.size())
                .as("calls at the server without an outcome: cut off by its kills")
                .isLessThanOrEqualTo(serverKills * clients);
    }

    String figure() {
        int twice = whole.values().stream().mapToInt(Integer::intValue).sum() - whole.size();
        int called = clientCalls.values().stream().mapToInt(Integer::intValue).sum();
        List<String> facts = new ArrayList<>();
        facts.add(done.size() + " requests done, each with the right hashes on both sides");
        facts.add(called + " handler calls at clients, " + total(serverCalls) + " at servers, all accounted for");
        facts.add(lost + " bodies cut, none treated as whole");
        facts.add(twice + " requests served again (at least once, as promised)");
        return String.join("; ", facts);
    }

    private static int total(Map<Long, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
