package org.restream.reliability.blackbox;

import java.nio.file.Path;
import java.util.List;

/** Checks an outcome against the rules. */
final class Judge {
    private final Outcome outcome;
    private final Plan plan;
    private final Expected expected;

    Judge(Outcome outcome) {
        this.outcome = outcome;
        this.plan = outcome.plan();
        this.expected = new Expected(plan);
    }

    Verdict verdict() {
        try {
            ended();
            String unseen = switch (plan.sink()) {
                case OUTPUT -> new StoredJudge(outcome, expected).unseen();
                case ONCE -> new PrintedJudge(outcome, expected).once();
                case STDOUT -> new PrintedJudge(outcome, expected).several();
                default -> new AnswerJudge(outcome, expected).unseen();
            };
            status();
            leftovers();
            return unseen.isEmpty() ? Verdict.RIGHT : Verdict.unseen(unseen);
        } catch (Broken e) {
            return Verdict.wrong(e.rule(), e.getMessage());
        }
    }

    private void ended() {
        if (!outcome.left().isEmpty()) {
            throw new Broken(
                    Rule.ENDS,
                    String.join(", ", outcome.left()) + " did not end; the sender last said: " + outcome.lastWords());
        }
        if (plan.sink() != Sink.ONCE && !outcome.receiverAlive()) {
            throw new Broken(
                    Rule.LIVES,
                    "it last said: " + Logs.lastLine(outcome.receiver().errors()));
        }
        // -i prints each header that arrives, and an answer without a byte has none
        if (outcome.status() == 0 && outcome.headers() < outcome.parts().size()) {
            throw new Broken(
                    Rule.NOT_FOR_NOTHING,
                    "status 0, and " + outcome.headers() + " answers with a header have come; "
                            + (plan.relay().isOurs()
                                    ? "the relay saw " + outcome.way().down().count() + " bytes of one; "
                                    : "")
                            + "it last said: " + outcome.lastWords());
        }
    }

    private void status() {
        int status = outcome.status();
        if (!expected.statuses().contains(status)) {
            throw new Broken(
                    status == 0 ? Rule.NOT_FOR_NOTHING : Rule.COMES_BACK,
                    "status " + status + ", where " + expected.statuses() + " can be; it last said: "
                            + outcome.lastWords());
        }
    }

    private void leftovers() {
        List<Path> left = Logs.list(Sending.temporary(outcome.folder()));
        if (!left.isEmpty()) {
            throw new Broken(Rule.STORED, "the sender has left " + left);
        }
    }
}
