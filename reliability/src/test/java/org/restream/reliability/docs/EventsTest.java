package org.restream.reliability.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.restream.reliability.blackbox.Programs;

/** jq reads the events of a sender. */
class EventsTest extends OnHosts {
    @Test
    @Runs(Block.EVENTS)
    void the_cause_of_a_loss_is_printed() throws Exception {
        assumeTrue(Programs.has("jq"), "there is no \"jq\" on the PATH");
        assumeTrue(Programs.has("bash"), "there is no \"bash\" on the PATH");
        Host host = receiver;
        host.write("report.csv", 10_000);
        // The first exchange fails when its answer has begun, the next one does not.
        host.start("restream listen --exec 'cat > body; echo stored; ! mkdir one'")
                .saying("listening");
        Shell send = host.start("bash", Block.EVENTS.text()).endsWith(0);
        // jq may end after the shell.
        Awaitility.await("what jq prints").until(() -> send.printed().lines().count() == 2);
        assertThat(send.printed().lines()).contains("stored").anyMatch(line -> line.contains("reset"));
        assertThat(send.said()).isEmpty();
    }
}
