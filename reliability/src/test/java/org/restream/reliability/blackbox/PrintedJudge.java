package org.restream.reliability.blackbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Checks what {@code listen} has written to its stdout. */
final class PrintedJudge {
    private final Outcome outcome;
    private final Expected expected;
    private final Path out;
    private final long size;

    PrintedJudge(Outcome outcome, Expected expected) {
        this.outcome = outcome;
        this.expected = expected;
        out = outcome.receiver().out();
        size = Logs.size(out) - outcome.from();
    }

    /** For {@code --once}: what was written although it was cut, if that could not be detected. */
    String once() {
        Part part = outcome.part();
        List<Path> outs = outcome.receiver().outs();
        outs.forEach(each -> isBeginning(part, each));
        List<Path> whole = outs.stream()
                .filter(each -> Logs.size(each) == part.size() && Sums.of(each).equals(part.sum()))
                .toList();
        boolean done = outcome.receiverStatus() == 0;
        String seen = "it has " + size + " of " + part.size() + " bytes; the sender's status is " + outcome.status()
                + ", the receiver's " + outcome.receiverStatus();
        if (done && outcome.plan().source() == Source.EXEC_FAILS) {
            throw new Broken(Rule.STORED, seen + ", of a command that has failed");
        }
        boolean isThere = outcome.status() != 0 || !whole.isEmpty();
        if (isThere && (!done || whole.contains(out))) {
            return "";
        }
        if (expected.requestCanEndUnseen()) {
            return seen;
        }
        boolean probed = size == 0 && outcome.plan().count("probes") > 0;
        throw new Broken(probed ? Rule.NOT_FOR_NOTHING : done ? Rule.STORED : Rule.RECEIVED, seen);
    }

    /** For a listener that writes the bodies one after the other. */
    String several() {
        if (outcome.parts().size() > 1) {
            if (outcome.status() == 0 && !isMadeOf(outcome.from(), new ArrayList<>(outcome.parts()))) {
                throw new Broken(Rule.RECEIVED, "its " + size + " bytes are not the bodies, each once and whole");
            }
            return "";
        }
        Part part = outcome.part();
        boolean endsWhole =
                size >= part.size() && sum(size - part.size(), part.size()).equals(part.sum());
        long before = outcome.from() + size - (endsWhole ? part.size() : 0);
        if (!Beginnings.isAll(part, out, outcome.from(), before)) {
            throw new Broken(Rule.NO_OTHER_BYTES, "it has " + size + " bytes, which are not those of " + part.size());
        }
        if (outcome.status() != 0) {
            return "";
        }
        String seen = "it has " + size + " bytes, and " + part.size() + " were sent";
        if (!endsWhole && expected.requestCanEndUnseen()) {
            return seen;
        }
        if (!endsWhole || (size > part.size() && !expected.canBeLost())) {
            throw new Broken(Rule.RECEIVED, seen);
        }
        return "";
    }

    private boolean isMadeOf(long from, List<Part> parts) {
        if (parts.isEmpty()) {
            return from == outcome.from() + size;
        }
        for (Part part : parts) {
            if (Sums.of(out, from, part.size()).equals(part.sum())) {
                List<Part> rest = new ArrayList<>(parts);
                rest.remove(part);
                return isMadeOf(from + part.size(), rest);
            }
        }
        return false;
    }

    private String sum(long from, long length) {
        return Sums.of(out, outcome.from() + from, length);
    }

    private static void isBeginning(Part part, Path file) {
        if (!part.beginsWith(file, Logs.size(file))) {
            throw new Broken(
                    Rule.NO_OTHER_BYTES, "it has " + Logs.size(file) + " bytes, which are not those of " + part.size());
        }
    }
}
