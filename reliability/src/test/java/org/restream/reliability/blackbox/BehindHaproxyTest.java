package org.restream.reliability.blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.restream.testing.ReservedPort;

/**
 * {@code restream listen --proxy-protocol} behind the program HAProxy, which sends the headers. Clients and the judge know only
 * sockets, files and the log.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BehindHaproxyTest {
    private static final String REQUEST = "{\"name\":\"a\"}\n\nhello";
    private static final String SERVES = "\"address\":\"[^\"]*:([0-9]+)\"";

    private final List<Process> processes = new ArrayList<>();
    /** For HAProxy. */
    private final List<ReservedPort> ports = new ArrayList<>();

    private Path folder;
    private Path log;
    private int listening;
    private int oneOfTls;
    private final int[] v1 = new int[2];
    private final int[] v2 = new int[2];
    private int passing;
    private SSLContext trusting;

    @BeforeAll
    void start(@TempDir Path where) throws Exception {
        folder = where;
        assumeTrue(Programs.has("haproxy"), "there is no \"haproxy\" on the PATH");
        assumeTrue(Programs.has("openssl"), "there is no \"openssl\" on the PATH");
        Command command = BuiltCommand.install(folder.resolve("command"));
        Path stored = Files.createDirectory(folder.resolve("stored"));
        log = folder.resolve("log");
        listening = listen(
                command, log, "--host", "::", "--output", stored.toString(), "--max-connections-per-address", "1");
        Certificate certificate = Certificate.make(folder, "127.0.0.1");
        trusting = trusting(certificate);
        oneOfTls = listen(
                command,
                folder.resolve("log-tls"),
                "--cert",
                certificate.certificate().toString(),
                "--key",
                certificate.key().toString(),
                "--exec",
                "cat >/dev/null; printf '%s %s' \"$RESTREAM_PEER_ADDRESS\" \"$RESTREAM_PEER_PORT\"");
        balance();
    }

    /** Starts it at a free port, and returns that. */
    private int listen(Command command, Path errors, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("listen", "-p", "0", "--log-format", "json", "--proxy-protocol", "127.0.0.1,::1"));
        arguments.addAll(List.of(more));
        processes.add(command.builder(command.line(arguments), folder)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(errors.toFile())
                .start());
        await().until(() -> Logs.text(errors).contains("\"listening\""));
        return Integer.parseInt(Logs.text(errors).replaceAll("(?s).*?" + SERVES + ".*", "$1"));
    }

    private void balance() throws Exception {
        StringBuilder text = new StringBuilder(
                "defaults\n mode tcp\n timeout connect 5s\n timeout client 30s\n" + " timeout server 30s\n");
        for (int v6 = 0; v6 < 2; v6++) {
            String host = v6 == 0 ? "127.0.0.1" : "::1";
            v1[v6] = reserve(host);
            v2[v6] = reserve(host);
            text.append(proxy("one-" + v6, host, v1[v6], "[::1]:" + listening, "send-proxy"));
            text.append(proxy("two-" + v6, host, v2[v6], "127.0.0.1:" + listening, "send-proxy-v2 check inter 200ms"));
        }
        passing = reserve("127.0.0.1");
        text.append(proxy("tls", "127.0.0.1", passing, "127.0.0.1:" + oneOfTls, "send-proxy-v2 check inter 200ms"));
        Path configuration = Files.writeString(folder.resolve("haproxy.cfg"), text);
        processes.add(new ProcessBuilder(Programs.find("haproxy"), "-db", "-q", "-f", configuration.toString())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(folder.resolve("haproxy").toFile())
                .start());
        await().until(() -> Logs.text(log).contains("\"noRequest\""));
    }

    private int reserve(String host) throws IOException {
        ReservedPort port = new ReservedPort(host);
        ports.add(port);
        return port.number();
    }

    private static String proxy(String name, String host, int port, String server, String options) {
        String bind = host.contains(":") ? "[" + host + "]" : host;
        return "listen " + name + "\n bind " + bind + ":" + port + "\n server a " + server + " " + options + "\n";
    }

    @AfterAll
    void stop() throws Exception {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        for (ReservedPort port : ports) {
            port.close();
        }
    }

    /** Connects from one address of this machine to another. */
    private static Socket connect(String from, String to, int port) throws IOException {
        Socket socket = new Socket(InetAddress.getByName(to), port, InetAddress.getByName(from), 0);
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static String exchange(Socket socket) throws IOException {
        socket.getOutputStream().write(REQUEST.getBytes(UTF_8));
        socket.shutdownOutput();
        return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }

    private static String name(Socket client) {
        InetSocketAddress address = (InetSocketAddress) client.getLocalSocketAddress();
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private void logs(String event, String peer) {
        await("the log to have " + event + " of " + peer)
                .until(() -> Logs.text(log)
                        .lines()
                        .anyMatch(line ->
                                line.contains("\"" + event + "\"") && line.contains("\"peer\":\"" + peer + "\"")));
    }

    @ParameterizedTest
    @CsvSource({"1, 127.0.0.11, 127.0.0.1", "2, 127.0.0.12, 127.0.0.1", "1, ::1, ::1", "2, ::1, ::1"})
    void the_log_has_the_address_of_the_client(int version, String from, String to) throws Exception {
        int v6 = to.equals("::1") ? 1 : 0;
        int port = (version == 1 ? v1 : v2)[v6];
        // with a limit of one connection, the last one may not have been counted out
        await().untilAsserted(() -> {
            try (Socket client = connect(from, to, port)) {
                assertThat(exchange(client)).contains("\"sha256\"");
                logs("completed", name(client));
                logs("proxied", name(client));
            }
        });
    }

    @Test
    void the_limit_is_that_of_the_client() throws Exception {
        try (Socket first = connect("127.0.0.21", "127.0.0.1", v2[0])) {
            first.getOutputStream().write('{');
            logs("accepted", name(first));
            try (Socket second = connect("127.0.0.21", "127.0.0.1", v1[0])) {
                Sight.ends(second);
                logs("rejected", name(second));
            }
            try (Socket other = connect("127.0.0.22", "127.0.0.1", v2[0])) {
                assertThat(exchange(other)).contains("\"sha256\"");
            }
        }
    }

    @Test
    void a_command_gets_the_address_of_the_client_and_TLS_goes_through() throws Exception {
        try (Socket plain = connect("127.0.0.31", "127.0.0.1", passing);
                Socket client = trusting.getSocketFactory().createSocket(plain, "127.0.0.1", passing, true)) {
            assertThat(exchange(client)).isEqualTo("{}\n\n127.0.0.31 " + plain.getLocalPort());
        }
    }

    private static SSLContext trusting(Certificate certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(certificate.certificate())) {
            trusted.setCertificateEntry(
                    "a", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    @Test
    void a_stranger_with_a_header_is_refused() throws Exception {
        try (Socket stranger = connect("127.0.0.2", "127.0.0.1", listening)) {
            Sight.writes(stranger, "PROXY TCP4 127.0.0.1 127.0.0.1 5 6\r\n" + REQUEST);
            Sight.ends(stranger);
            logs("rejected", name(stranger));
        }
        assertThat(Logs.text(log)).contains("127.0.0.2 is none of the proxies that may connect");
    }

    @Test
    void checks_are_no_faults() {
        for (Path each : List.of(log, folder.resolve("log-tls"))) {
            await().until(() -> Logs.text(each).contains("\"noRequest\""));
            assertThat(Logs.text(each).lines().filter(line -> line.contains("\"peer\":\"127.0.0.1:")))
                    .noneMatch(line -> line.contains("\"rejected\"") || line.contains("\"failed\""));
        }
    }

    /** What a client sees that is turned away. */
    private static final class Sight {
        static void writes(Socket socket, String text) {
            try {
                socket.getOutputStream().write(text.getBytes(UTF_8));
            } catch (IOException e) {
                // the reset has come already, which ends() sees too
                return;
            }
        }

        static void ends(Socket socket) throws IOException {
            try {
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            } catch (java.net.SocketException e) {
                assertThat(e).hasMessageContaining("reset");
            }
        }
    }
}
