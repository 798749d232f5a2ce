package org.restream.benchmarks.peer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.restream.benchmarks.Home;
import org.restream.benchmarks.client.ClientMain;

/**
 * The clients that are compared, and how to start them. The baseline, in C, is not one of them: it is another program
 * each time.
 */
public final class ClientPeers {
    public static final String FLOOR = Peers.FLOOR;
    public static final String HTTP = "JDK HttpClient, HTTP/1.1";

    private final Map<String, List<String>> commands = new LinkedHashMap<>();

    public ClientPeers(List<Jdk> jdks) {
        java("restream", "restream", jdks);
        java("blocking Socket", "blocking", jdks);
        java("Netty epoll", "epoll", jdks);
        java(HTTP, "http", jdks);
        commands.put(
                "Node",
                List.of(
                        "node",
                        Home.benchmarks().resolve("src/main/node/client.js").toString()));
    }

    private void java(String name, String client, List<Jdk> jdks) {
        for (Jdk jdk : jdks) {
            commands.put(
                    name + " (" + jdk.version() + ")",
                    List.of(
                            jdk.java(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ClientMain.class.getName(),
                            client));
        }
    }

    /** The clients whose name begins with one of these. */
    public List<String> names(String... beginnings) {
        List<String> names = new ArrayList<>();
        for (String beginning : beginnings) {
            commands.keySet().stream()
                    .filter(name -> name.startsWith(beginning))
                    .forEach(names::add);
        }
        return names;
    }

    public List<String> command(String name) {
        return Objects.requireNonNull(commands.get(name), name);
    }
}
