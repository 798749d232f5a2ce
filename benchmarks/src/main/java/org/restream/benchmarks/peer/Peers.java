package org.restream.benchmarks.peer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.restream.benchmarks.Home;
import org.restream.benchmarks.peer.Peer.Protocol;
import org.restream.benchmarks.server.NodeServer;
import org.restream.benchmarks.server.RestreamServer;
import org.restream.benchmarks.server.netty.NettyServer;

/** All that are compared, and how each is started. */
public final class Peers {
    private final Bodies bodies;
    private final List<Peer> all = new ArrayList<>();

    public Peers(Bodies bodies, List<Jdk> jdks) {
        this.bodies = bodies;
        add("C epoll", Protocol.WIRE, flags -> bodies.arguments(Home.binary("server")));
        for (Jdk jdk : jdks) {
            java("restream", Protocol.WIRE, jdk, RestreamServer.class);
            java("Netty epoll", Protocol.WIRE, jdk, NettyServer.class, "epoll");
            java("Netty NIO", Protocol.WIRE, jdk, NettyServer.class, "nio");
        }
        add("Node", Protocol.WIRE, flags -> bodies.arguments("node", NodeServer.script()));
    }

    public List<Peer> all() {
        return all;
    }

    public Peer named(String name) {
        return all.stream().filter(peer -> peer.name().equals(name)).findFirst().orElseThrow();
    }

    private void java(String name, Protocol protocol, Jdk jdk, Class<?> main, String... more) {
        add(name + ", JDK " + jdk.version(), protocol, flags -> {
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

    private void add(String name, Protocol protocol, Peer.Launch launch) {
        all.add(new Peer(name, protocol, launch));
    }
}
