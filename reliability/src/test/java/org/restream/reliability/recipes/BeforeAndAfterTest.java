package org.restream.reliability.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.restream.reliability.docs.Certificates;
import org.restream.reliability.docs.Shell;

/** The table with commands of nc and socat, and those of restream for the same. */
class BeforeAndAfterTest extends OnRecipeHosts {
    /**
     * A pair of commands.
     *
     * @param old whether it is the pair without restream
     */
    record Pair(String task, boolean old, String receiver, String sender) {}

    @ParameterizedTest
    @MethodSource("pairs")
    void both_do_the_same(Pair pair) throws Exception {
        if (pair.old()) {
            needs("socat");
            NcRecipeTest.installOpenBsd(sender);
            NcRecipeTest.installOpenBsd(receiver);
        }
        sender.write("file", 1_000_000);
        sender.run("mkdir folder; cp file folder");
        if (pair.task().equals("TLS")) {
            Certificates.issue(receiver, "server", "DNS:backup-a.example");
            Certificates.issue(sender, "client", "DNS:client.example");
            Certificates.trust(receiver, sender);
        }
        Shell listen = receiver.start(pair.receiver());
        awaitListener(receiver);
        sender.start(pair.sender()).endsWith(0);
        if (pair.receiver().contains("--output")
                || pair.receiver().contains("fork")
                || pair.task().contains("answer")) {
            eventually("the result", () -> check(pair.task()));
        } else {
            listen.endsWith(0);
            check(pair.task());
        }
    }

    private void check(String task) throws Exception {
        switch (task) {
            case "a folder" -> sameContent("folder/file", "folder/file");
            case "many files" ->
                sameContent(
                        "file",
                        receiver.run("ls -d in-?????? file 2>/dev/null || :").strip());
            case "a command's answer" -> assertThat(sender.run("cat answer")).isEqualTo(sender.sum("file"));
            default -> sameContent("file", "copy");
        }
    }

    static Stream<Pair> pairs() throws Exception {
        List<Pair> pairs = new ArrayList<>();
        String task = "";
        for (List<String> row : Recipe.table()) {
            boolean old = !row.get(0).isEmpty();
            task = old ? row.get(0) : task;
            pairs.add(new Pair(task, old, code(row.get(1)), code(row.get(2))));
        }
        assertThat(pairs).hasSizeGreaterThan(12);
        return pairs.stream();
    }

    private static String code(String cell) {
        assertThat(cell).matches("`[^`]+`");
        return cell.substring(1, cell.length() - 1);
    }
}
