package org.restream.reliability.blackbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Checks what {@code listen --output} has stored, and the claims of its answers. */
final class StoredJudge {
    private final Outcome outcome;
    private final Expected expected;
    private final List<Part> whole = new ArrayList<>();
    private final boolean changes;
    private String unseen = "";

    StoredJudge(Outcome outcome, Expected expected) {
        this.outcome = outcome;
        this.expected = expected;
        // a file that changes while it is sent must arrive as it was or as it is now, and not in between
        changes = outcome.plan().text("blow").startsWith("file:");
    }

    /** What was stored although it was cut, if that could not be detected; empty if nothing was. */
    String unseen() {
        Logs.list(outcome.receiver().stored()).forEach(this::look);
        if (outcome.status() == 0) {
            outcome.parts().forEach(this::isThere);
        }
        return unseen;
    }

    private void look(Path file) {
        String name = file.getFileName().toString();
        if (Transfer.isPart(file)) {
            throw new Broken(Rule.STORED, name + " is left");
        }
        if (name.endsWith(".json")) {
            return;
        }
        Path beside = file.resolveSibling(name + ".json");
        String header = Logs.text(beside);
        if (!Files.exists(beside)
                || !header.contains("\"t\":\"" + outcome.plan().seed() + "\"")) {
            boolean isNothing = Logs.size(file) == 0;
            throw new Broken(
                    isNothing ? Rule.NOT_FOR_NOTHING : Rule.STORED,
                    name + " is there, of " + Logs.size(file) + " bytes, with the header " + header.strip());
        }
        Part part = outcome.parts().stream()
                .filter(each -> header.contains("\"name\":\"" + each.name() + "\""))
                .findFirst()
                .orElse(outcome.part());
        look(part, file, name);
    }

    private void look(Part part, Path file, String name) {
        long size = Logs.size(file);
        String sum = Sums.of(file);
        if (outcome.plan().source() == Source.EXEC_FAILS) {
            throw new Broken(Rule.STORED, name + " is there, of a command that has failed");
        }
        if (sum.equals(part.sum()) || (changes && sum.equals(Sums.of(part.file())))) {
            whole.add(part);
        } else if (!part.beginsWith(file, size)) {
            throw new Broken(
                    Rule.NO_OTHER_BYTES, name + " has " + size + " bytes, which are not those of " + part.size());
        } else if (expected.requestCanEndUnseen()) {
            unseen = name + " has " + size + " of " + part.size() + " bytes";
        } else {
            throw new Broken(
                    Rule.STORED,
                    name + " has " + size + " of " + part.size() + " bytes; the sender's status is "
                            + outcome.status());
        }
    }

    private void isThere(Part part) {
        long copies = whole.stream().filter(part::equals).count();
        if (copies == 0) {
            throw new Broken(Rule.RECEIVED, "status 0, but there is no whole copy: " + outcome.lastWords());
        }
        boolean mayBeTwice = part.name().isEmpty() && expected.canBeLost();
        if (copies > 1 && !mayBeTwice) {
            throw new Broken(Rule.RECEIVED, copies + " copies are there");
        }
        if (changes) {
            return;
        }
        String answer = "\"size\":" + part.size() + ",\"sha256\":\"" + part.sum() + "\"";
        if (!outcome.errors().contains(answer)) {
            throw new Broken(Rule.ANSWERED, "no answer says " + answer + ": " + outcome.lastWords());
        }
    }
}
