package org.restream.benchmarks.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.restream.benchmarks.Home;
import org.restream.benchmarks.session.Checksum;
import org.restream.benchmarks.session.ClientMain;
import org.restream.benchmarks.session.ServerMain;

/** The systems that carry many exchanges over one connection, and restream without sessions. */
public final class SessionPeers {
    public static final String SESSION = "restream session";
    public static final String PLAIN = "restream plain";
    /** The same, with a checksum of each body on either side, as sessions have. Measured with large bodies only. */
    public static final String SUMMED = "plain with CRC32C";
    /** Serves small exchanges only. */
    public static final String THREADS = "threads alone";

    public static final String RSOCKET = "RSocket";
    public static final String GRPC = "gRPC";
    public static final String HTTP2 = "HTTP/2 by Netty";
    public static final String NODE = "HTTP/1.1 by Node";

    private static final String MACHINE = "02:00:00:00:00:00:00:01";

    private final Path file;
    private final List<SessionPeer> all = new ArrayList<>();

    /**
     * All systems.
     *
     * @param jdks the JDKs, newest first
     * @param file the file that the servers send
     */
    public SessionPeers(List<Jdk> jdks, Path file) {
        this.file = file;
        for (Jdk jdk : jdks) {
            boolean newest = jdk.equals(jdks.get(0));
            java(SESSION, jdk, newest, "session");
            java(PLAIN, jdk, newest, "plain");
            java(SUMMED, jdk, newest, "plain", "-D" + Checksum.PROPERTY + "=true");
            java(THREADS, jdk, newest, "threads");
            java(RSOCKET, jdk, newest, "rsocket");
            java(GRPC, jdk, newest, "grpc");
            java(HTTP2, jdk, newest, "http2");
        }
        all.add(new SessionPeer(NODE, true, (server, flags, arguments) -> {
            String script = server ? "http-server.js" : "http-client.js";
            List<String> command = new ArrayList<>(List.of(
                    "node",
                    Home.benchmarks().resolve("src/main/node").resolve(script).toString()));
            addAll(command, server, arguments);
            return command;
        }));
    }

    private void addAll(List<String> command, boolean server, List<String> arguments) {
        command.addAll(arguments);
        if (server) {
            command.add(file.toString());
        }
    }

    private void java(String name, Jdk jdk, boolean newest, String system, String... properties) {
        all.add(new SessionPeer(name + " (" + jdk.version() + ")", newest, (server, flags, arguments) -> {
            List<String> command = new ArrayList<>(List.of(jdk.java()));
            command.addAll(flags);
            command.addAll(List.of(properties));
            command.addAll(List.of(
                    "--enable-native-access=ALL-UNNAMED",
                    // or else Netty says that the line's interface has no address that names the machine
                    "-Dio.netty.machineId=" + MACHINE,
                    "-Dio.grpc.netty.shaded.io.netty.machineId=" + MACHINE,
                    "-cp",
                    System.getProperty("java.class.path"),
                    (server ? ServerMain.class : ClientMain.class).getName(),
                    system));
            addAll(command, server, arguments);
            return command;
        }));
    }

    /** The names of the systems that serve all tasks and pass a test. */
    public List<String> whole(Predicate<SessionPeer> test) {
        return names(peer -> !peer.isOneOf(THREADS, SUMMED) && test.test(peer));
    }

    /** The names of the systems that serve small exchanges and pass a test. */
    public List<String> small(Predicate<SessionPeer> test) {
        return names(peer -> !peer.isOneOf(SUMMED) && test.test(peer));
    }

    /** The names of the systems that send large bodies and pass a test. */
    public List<String> large(Predicate<SessionPeer> test) {
        return names(peer -> !peer.isOneOf(THREADS) && test.test(peer));
    }

    /** The names of the systems that pass a test. */
    public List<String> names(Predicate<SessionPeer> test) {
        return all.stream().filter(test).map(SessionPeer::name).toList();
    }

    /** The system on the newest JDK whose name starts like this. */
    public String newest(String name) {
        return names(peer -> peer.newest() && peer.isOneOf(name)).get(0);
    }

    public SessionPeer named(String name) {
        return all.stream().filter(peer -> peer.name().equals(name)).findFirst().orElseThrow();
    }
}
