package org.restream.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceManagerTest {
    private static final Map<String, String> STARTED_BY_IT = Map.of("NOTIFY_SOCKET", "/run/systemd/notify");

    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();

    private String program(String script) throws Exception {
        Path program = folder.resolve("notify");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program.toString();
    }

    @Test
    void it_gets_one_report_that_the_server_is_ready() throws Exception {
        String program = program("echo \"$@\" >>'" + folder + "/args'");
        ServiceManager.ready(STARTED_BY_IT, program, warnings::add);
        assertThat(folder.resolve("args")).hasContent("--ready");
        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none"})
    void without_it_nothing_runs(String socket) throws Exception {
        Map<String, String> environment = socket.isEmpty() ? Map.of("NOTIFY_SOCKET", "") : Map.of();
        ServiceManager.ready(environment, folder.resolve("missing").toString(), warnings::add);
        assertThat(warnings).isEmpty();
    }

    @Test
    void a_report_that_fails_is_a_warning() throws Exception {
        ServiceManager.ready(STARTED_BY_IT, program("exit 7"), warnings::add);
        assertThat(warnings)
                .singleElement()
                .asString()
                .isEqualTo("can't report to the service manager that this server listens: " + folder
                        + "/notify ended with status 7");
    }

    @Test
    void a_missing_program_is_a_warning() throws Exception {
        ServiceManager.ready(STARTED_BY_IT, folder.resolve("missing").toString(), warnings::add);
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("can't report to the service manager")
                .contains("missing");
    }

    @Test
    void other_processes_can_not_report_in_its_name() {
        Map<String, String> environment = new HashMap<>(STARTED_BY_IT);
        environment.put("PATH", "/bin");
        ServiceManager.hide(environment);
        assertThat(environment).containsOnlyKeys("PATH");
    }
}
