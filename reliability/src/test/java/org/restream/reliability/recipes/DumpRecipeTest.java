package org.restream.reliability.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.restream.reliability.docs.Shell;

/** A nightly dump. A script makes it, because there is no database. */
class DumpRecipeTest extends OnRecipeHosts {
    private static final String PG_DUMP = "[ \"$*\" = orders ]\nseq -f 'INSERT INTO orders VALUES (%.0f);' 200000\n";

    private Path dumps;

    @BeforeEach
    void prepare() throws Exception {
        needs("flock", "timeout");
        dumps = srv("dumps");
        sender.install("nightly-dump", Recipe.of("dump: nightly-dump"));
        sender.install("pg_dump", PG_DUMP);
    }

    @Test
    @Runs({"dump: listen", "dump: nightly-dump", "dump: cron"})
    void cron_stores_it_whole_and_sends_no_mail() throws Exception {
        listen("dump: listen");
        Shell cron = sender.start(asCron()).endsWith(0);
        assertThat(cron.printed()).isEmpty();
        assertThat(cron.said()).isEmpty();

        assertThat(stored()).hasSize(1);
        assertThat(stored().get(0)).matches("orders-\\d{8}\\.sql");
        sender.run("pg_dump orders > expected");
        sameContent("expected", "srv/dumps/" + stored().get(0));
    }

    @Test
    void half_a_dump_is_not_stored_and_cron_sends_a_mail() throws Exception {
        sender.install("pg_dump", PG_DUMP + "echo 'connection to server was lost' >&2\nexit 1\n");
        listen("dump: listen");
        Shell cron = sender.start(asCron()).endsWith(1);
        assertThat(cron.said())
                .contains("connection to server was lost")
                .contains("nightly-dump: failed with status 1");
        assertThat(stored()).isEmpty();
    }

    @Test
    void a_dump_that_hangs_is_stopped() throws Exception {
        sender.run("mkfifo never");
        sender.install("pg_dump", PG_DUMP + "echo $$ > pid\nexec cat never\n");
        listen("dump: listen");
        sender.start("LIMIT=2s nightly-dump orders").endsWith(124).saying("nightly-dump: stopped after 2s");
        assertThat(stored()).isEmpty();
        eventually("the end of pg_dump", () -> sender.run("! kill -0 $(cat pid)"));
    }

    @Test
    void two_never_run_at_a_time() throws Exception {
        sender.run("mkfifo go");
        sender.install("pg_dump", "echo started >&2\n" + PG_DUMP + "cat go\n");
        listen("dump: listen");
        Shell first = sender.start("nightly-dump orders").saying("started");
        sender.start("nightly-dump orders").endsWith(75).saying("the one before is still running");
        sender.run(": > go");
        first.endsWith(0);
        assertThat(stored()).hasSize(1);
    }

    private List<String> stored() throws Exception {
        return files(dumps).stream().filter(name -> !name.endsWith(".json")).toList();
    }

    /** The crontab's command in cron's environment; here the programs are in another folder, and Java may be. */
    private String asCron() throws Exception {
        StringBuilder variables = new StringBuilder("JAVA_HOME=\"$JAVA_HOME\" HOME=\"$HOME\" SHELL=/bin/sh");
        String command = "";
        for (String line : Recipe.of("dump: cron").lines().toList()) {
            if (line.matches("\\w+=.*")) {
                variables
                        .append(' ')
                        .append(line.replace("/usr/local/bin", sender.programs().toString()));
            } else {
                command = line.replaceFirst("^(\\S+ ){5}postgres ", "");
            }
        }
        return "env -i " + variables + " /bin/sh -c '" + command + "'";
    }
}
