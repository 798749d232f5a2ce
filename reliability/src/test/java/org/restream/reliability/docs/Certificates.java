package org.restream.reliability.docs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.restream.reliability.blackbox.Programs;

/** Makes certificates with openssl, in a host's working folder. Skips the test if there is no openssl. */
public final class Certificates {
    private static final String ISSUE = """
            key='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'
            openssl req -x509 $key -keyout ca-%1$s.key -out ca-%1$s.pem -days 2 -subj '/CN=authority of %1$s' 2>&1
            openssl req $key -keyout %1$s.key -out %1$s.csr -subj '/O=Example/CN=%1$s' 2>&1
            printf 'subjectAltName=%2$s\\n' > %1$s.ext
            openssl x509 -req -in %1$s.csr -extfile %1$s.ext -days 2 -CA ca-%1$s.pem -CAkey ca-%1$s.key \\
                -set_serial 1 -out %1$s.pem 2>&1
            """;

    private Certificates() {}

    /** Makes NAME.pem and NAME.key, from an authority of their own, ca-NAME.pem. */
    public static void issue(Host host, String name, String alternativeNames) throws Exception {
        assumeTrue(Programs.has("openssl"), "there is no \"openssl\" on the PATH");
        host.run(ISSUE.formatted(name, alternativeNames));
    }

    /** Gives each the other one's authority as ca.pem. */
    public static void trust(Host server, Host client) throws Exception {
        Files.copy(server.path("ca-server.pem"), client.path("ca.pem"));
        Files.copy(client.path("ca-client.pem"), server.path("ca.pem"));
    }

    /** Makes a server and a client in one folder trust each other. */
    static void trustBoth(Host host) throws Exception {
        Files.write(host.path("ca.pem"), Files.readAllBytes(host.path("ca-server.pem")));
        Files.write(host.path("ca.pem"), Files.readAllBytes(host.path("ca-client.pem")), StandardOpenOption.APPEND);
    }
}
