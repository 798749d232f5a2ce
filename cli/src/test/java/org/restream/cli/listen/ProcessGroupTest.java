package org.restream.cli.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessGroupTest {
    /** Starts a command in a session of its own. */
    private static ProcessGroup start(String command) throws Exception {
        Process process = new ProcessBuilder(ProcessGroup.command("echo ready; " + command)).start();
        assertThat(process.getInputStream().readNBytes(6)).hasSize(6);
        return new ProcessGroup(process);
    }

    private static List<ProcessHandle> all(ProcessGroup group) {
        return ProcessTable.now().of(group.leader().pid()).stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .toList();
    }

    private static void awaitEnded(List<ProcessHandle> processes) throws Exception {
        for (ProcessHandle process : processes) {
            process.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void all_are_found_and_ended_in_whatever_session_and_group_they_are() throws Exception {
        ProcessGroup group = start("set -m; sleep 1000 & (setsid sleep 1001 & sleep 1002) & wait");
        Awaitility.await().until(() -> all(group).size() == 4);
        List<ProcessHandle> before = all(group);
        group.kill();
        awaitEnded(before);
        assertThat(all(group)).isEmpty();
    }

    @Test
    void what_starts_others_all_the_time_is_ended_with_them() throws Exception {
        ProcessGroup group = start("while :; do sleep 0.01; sleep 1000 & done");
        Awaitility.await().until(() -> all(group).size() > 10);
        group.kill();
        Awaitility.await().until(() -> all(group).isEmpty());
    }

    @RepeatedTest(3)
    void a_caller_that_is_interrupted_again_and_again_ends_them_all_the_same() throws Exception {
        ProcessGroup group = start("sleep 1000 & wait");
        List<ProcessHandle> before = all(group);
        Thread killing = new Thread(group::kill);
        killing.start();
        while (killing.isAlive()) {
            killing.interrupt();
            killing.join(1);
        }
        awaitEnded(before);
    }
}
