package org.restream.reliability.blackbox;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Looks at an answer whose body follows from the request. */
final class AnswerJudge {
    private final Outcome outcome;
    private final Plan plan;
    private final Expected expected;

    AnswerJudge(Outcome outcome, Expected expected) {
        this.outcome = outcome;
        this.plan = outcome.plan();
        this.expected = expected;
    }

    /** What was accepted as whole although it was cut, if that could not be detected. */
    String unseen() {
        return plan.sink().returnsBody() ? body() : text();
    }

    private String body() {
        String all = outcome.parts().stream().map(Part::reading).collect(Collectors.joining("; ", "{ ", "; }"));
        if (!plan.isReadToTheEnd()) {
            all += " | head -c " + plan.text("reader").substring("head:".length());
        }
        long size = Logs.size(outcome.answer());
        String sum = Sums.of(outcome.answer());
        boolean begins = Sums.of(all + " | head -c " + size).equals(sum);
        boolean whole = Sums.of(all).equals(sum);
        // with several files, the answer after a missing one takes its position
        if (!begins && (outcome.status() == 0 || outcome.parts().size() == 1)) {
            throw new Broken(Rule.NO_OTHER_BYTES, "the answer has " + size + " bytes, which are not those sent");
        }
        boolean claimed = outcome.status() == 0 || outcome.status() == 141;
        return whole || !claimed
                ? ""
                : cut("the answer has " + size + " bytes of " + outcome.part().size());
    }

    private String text() {
        String right = outcome.parts().stream()
                .map(part -> plan.sink().returnsSum() ? part.sum() + "  -\n" : Sink.REPLY_TEXT)
                .collect(Collectors.joining());
        String answer = Logs.text(outcome.answer());
        if (answer.equals(right) || outcome.status() != 0) {
            return "";
        }
        boolean isSum = answer.matches("[0-9a-f]{64} {2}-\n");
        if (isSum && expected.requestCanEndUnseen()) {
            return "the answer is the sum of something else";
        }
        if (isSum) {
            throw new Broken(Rule.RECEIVED, "the answer is " + answer.strip() + ", and " + right.strip() + " was sent");
        }
        return cut("the answer has " + answer.getBytes(StandardCharsets.UTF_8).length + " bytes, is not \""
                + right.strip() + "\"");
    }

    private String cut(String seen) {
        if (expected.answerCanEndUnseen() || expected.requestCanEndUnseen()) {
            return seen;
        }
        throw new Broken(Rule.ANSWERED, seen + "; status " + outcome.status() + ", " + outcome.lastWords());
    }
}
