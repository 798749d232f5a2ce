package org.restream.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.ServerOptions;
import org.restream.internal.jfr.Flight;
import org.restream.testing.JavaProcess;

/** Flight Recorder may be missing, and nothing is made for it where it does not run. */
class NoRecordingTest {
    @TempDir
    private Path folder;

    /** An exchange between a client and a server. */
    static final class OneExchange {
        public static void main(String... args) throws Exception {
            boolean hasRecorder = ModuleLayer.boot().findModule("jdk.jfr").isPresent();
            ServerOptions options = ServerOptions.defaults().port(0);
            try (RestreamServer server = Restream.createServer(options, (req, res) -> res.end(req.readText()))
                    .listen()) {
                ClientOptions to = ClientOptions.defaults()
                        .servers("127.0.0.1:" + server.address().getPort());
                try (RestreamClient client = Restream.createClient(to, (req, res) -> {
                    req.end("well");
                    System.out.println(res.readText() + ", recorder " + hasRecorder + ", on " + Flight.isOn());
                })) {
                    client.completion().get(30, SECONDS);
                }
            }
        }
    }

    private static String said(String... options) throws Exception {
        try (JavaProcess process = JavaProcess.start(List.of(options), OneExchange.class)) {
            String line = process.line();
            assertThat(process.exitCode()).isZero();
            return line;
        }
    }

    @Test
    void a_runtime_without_it_has_all_else() throws Exception {
        assertThat(said("--limit-modules", "java.base")).isEqualTo("well, recorder false, on false");
    }

    @Test
    void no_class_of_an_event_is_loaded_before_a_recording() throws Exception {
        Path classes = folder.resolve("classes");
        assertThat(said("-Xlog:class+load:file=" + classes)).isEqualTo("well, recorder true, on false");
        assertThat(Files.readString(classes))
                .contains("org.restream.internal.jfr.Flight ")
                .doesNotContain("org.restream.internal.jfr.ExchangeEvent")
                .doesNotContain("org.restream.internal.jfr.ConnectionEvent")
                .doesNotContain("org.restream.internal.jfr.ConnectEvent");
    }

    @Test
    void with_a_recording_from_the_start_it_is_on() throws Exception {
        String option = "-XX:StartFlightRecording:filename=" + folder.resolve("restream.jfr");
        try (JavaProcess process = JavaProcess.start(List.of(option, "-Xlog:disable"), OneExchange.class)) {
            String line = process.line();
            while (line != null && !line.startsWith("well")) {
                // the JVM says that a recording has begun
                line = process.line();
            }
            assertThat(line).isEqualTo("well, recorder true, on true");
            assertThat(process.exitCode()).isZero();
        }
        assertThat(folder.resolve("restream.jfr")).isNotEmptyFile();
    }
}
