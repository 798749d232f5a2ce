package org.restream.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailoverTest {
    @Test
    void it_prints_each_step_from_the_dead_server_to_the_living() throws Exception {
        try (ReservedPort dead = new ReservedPort()) {
            String printed = Printed.by(() -> Failover.main(dead.address()));

            assertThat(printed.replace(dead.address(), "DEAD")
                            .replaceAll("127\\.0\\.0\\.1:\\d+", "ALIVE")
                            .replaceAll("duration=[^]]+", "duration=TIME"))
                    .isEqualTo("""
                        Connecting[server=DEAD, attempt=1]
                        Failed[server=DEAD, attempt=1, failures=1, kind=CONNECTION, cause=org.restream.RestreamException: can't connect to DEAD: Connection refused]
                        Waiting[server=ALIVE, attempt=2, failures=1, delay=PT0.1S]
                        Connecting[server=ALIVE, attempt=2]
                        Connected[server=ALIVE, attempt=2]
                        the answer: you found me
                        Completed[server=ALIVE, attempt=2, bytesSent=17, bytesReceived=12, duration=TIME]
                        Closed[]
                        """);
        }
    }
}
