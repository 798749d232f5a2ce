package org.restream.benchmarks.peer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.restream.benchmarks.Home;
import org.restream.benchmarks.peer.Peer.Protocol;
import org.restream.benchmarks.server.JettyServer;
import org.restream.benchmarks.server.ReactorServer;
import org.restream.benchmarks.server.RestreamServer;
import org.restream.benchmarks.server.SslSocketServer;
import org.restream.benchmarks.server.VertxServer;
import org.restream.benchmarks.server.netty.NettyServer;

/** All servers that are compared, and how to start them. */
public final class Peers {
    public static final String FLOOR = "C epoll";

    private static final Set<Task> ALL = EnumSet.allOf(Task.class);
    private static final Set<Task> PLAIN = EnumSet.complementOf(EnumSet.of(Task.TLS_UP, Task.TLS_DOWN));
    private static final Set<Task> TLS = EnumSet.of(Task.TLS_UP, Task.TLS_DOWN);
    /** The tasks of peers that move large bodies by the code of another peer, Netty epoll or Node net. */
    private static final Set<Task> SMALL = EnumSet.of(Task.EXCHANGE);
    /** The tasks for HTTP/1.1, in which a server answers a complete request. */
    private static final Set<Task> HALF_DUPLEX = EnumSet.of(Task.EXCHANGE, Task.UP, Task.DOWN, Task.FILE);

    private final Bodies bodies;
    private final Jdk newest;
    private final List<Peer> all = new ArrayList<>();

    /**
     * All peers.
     *
     * @param jdks the JDKs, newest first
     */
    public Peers(Bodies bodies, List<Jdk> jdks) {
        this.bodies = bodies;
        this.newest = jdks.get(0);
        add(FLOOR, Protocol.WIRE, PLAIN, true, flags -> bodies.arguments(Home.binary("server")));
        for (Jdk jdk : jdks) {
            java("restream", Protocol.WIRE, ALL, jdk, RestreamServer.class);
            java("Netty epoll", Protocol.WIRE, PLAIN, jdk, NettyServer.class, "epoll");
            java("Netty NIO", Protocol.WIRE, SMALL, jdk, NettyServer.class, "nio");
            java("Vert.x", Protocol.WIRE, SMALL, jdk, VertxServer.class);
            java("reactor-netty", Protocol.WIRE, SMALL, jdk, ReactorServer.class);
            java("Jetty, HTTP/1.1", Protocol.HTTP, HALF_DUPLEX, jdk, JettyServer.class);
            java("SSLSocket", Protocol.WIRE, TLS, jdk, SslSocketServer.class);
        }
        add("Node net", Protocol.WIRE, ALL, true, flags -> bodies.arguments("node", script("net.js")));
        add("Node streams", Protocol.WIRE, SMALL, true, flags -> bodies.arguments("node", script("streams.js")));
    }

    public List<Peer> all() {
        return all;
    }

    /** The names of the peers that pass a test and have any task. */
    public List<String> names(Predicate<Peer> test) {
        return all.stream().filter(test).map(Peer::name).toList();
    }

    public Peer named(String name) {
        return all.stream().filter(peer -> peer.name().equals(name)).findFirst().orElseThrow();
    }

    private static String script(String name) {
        return Home.benchmarks().resolve("src/main/node").resolve(name).toString();
    }

    private void java(String name, Protocol protocol, Set<Task> tasks, Jdk jdk, Class<?> main, String... more) {
        add(name + " (" + jdk.version() + ")", protocol, tasks, jdk.equals(newest), flags -> {
            List<String> command = new ArrayList<>(List.of(jdk.java()));
            command.addAll(flags);
            command.addAll(List.of(
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    main.getName()));
            command.addAll(Arrays.asList(more));
            return bodies.arguments(command.toArray(String[]::new));
        });
    }

    private void add(String name, Protocol protocol, Set<Task> tasks, boolean isNewest, Peer.Launch launch) {
        all.add(new Peer(name, protocol, tasks, isNewest, launch));
    }
}
