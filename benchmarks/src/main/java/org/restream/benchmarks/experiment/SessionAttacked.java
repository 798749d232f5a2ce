package org.restream.benchmarks.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.restream.benchmarks.Experiment;
import org.restream.benchmarks.Home;
import org.restream.benchmarks.Metric;
import org.restream.benchmarks.Settings;
import org.restream.benchmarks.peer.Jdk;
import org.restream.benchmarks.peer.SessionPeers;
import org.restream.benchmarks.peer.Task;
import org.restream.benchmarks.process.Child;
import org.restream.benchmarks.process.Clients;
import org.restream.benchmarks.process.Load;
import org.restream.benchmarks.process.Pair;
import org.restream.benchmarks.process.Place;
import org.restream.benchmarks.server.AcceptOnly;

/**
 * Small exchanges of one session, one after the other, while somebody else attacks the server as fast as one process can. That
 * process alone takes a processor, so the attacks are compared with a busy neighbour: the same process, which sends to itself. What
 * connections cost by themselves, the attack on other servers shows, which do as little as they can: one in C, one in Java.
 */
public final class SessionAttacked implements Experiment {
    private static final String NEIGHBOUR = "a busy neighbour";
    /** How often each attack is made before the first round. */
    private static final int WARM_UP = 8;

    private final Settings settings;
    private final SessionPeers peers;
    private final Path file;
    private @Nullable Pair pair;
    private @Nullable Child attacker;
    private final List<Child> others = new ArrayList<>();

    public SessionAttacked(Settings settings, SessionPeers peers, Path file) {
        this.settings = settings;
        this.peers = peers;
        this.file = file;
    }

    @Override
    public String id() {
        return "session-attacked";
    }

    @Override
    public String title() {
        return "Sessions: small exchanges of one, while another attacks";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.less("p99 µs", 0),
                Metric.less("p50 µs", 0),
                Metric.more("exchanges/s", 0),
                Metric.more("connections/s of the attack", 0));
    }

    @Override
    public List<String> entrants() {
        return List.of(
                "nothing",
                NEIGHBOUR,
                "connects",
                "connects to a C server",
                "connects to a Java one",
                "new sessions",
                "guessed sessions",
                "lines without end",
                "pings",
                "empty data",
                "data of a byte",
                "opens and cuts",
                "wrong headers",
                "frames of no type");
    }

    @Override
    public String base() {
        return NEIGHBOUR;
    }

    /** A server that has met an attack for the first time has not compiled what it does then. */
    @Override
    public void warmUp(String entrant) throws Exception {
        for (int i = 0; i < (settings.quick() ? 1 : WARM_UP); i++) {
            measure(entrant);
        }
    }

    @Override
    public double[] measure(String entrant) throws Exception {
        Pair pair = pair();
        Child attacker = attacker(pair);
        long millis = settings.scaled(1_000, 100);
        Clients.ask(attacker, entrant, "DONE");
        Load done = pair.ask("load 1 " + millis);
        double connections = Clients.ask(attacker, "nothing", "DONE").get("connections");
        double seconds = done.get("seconds");
        return new double[] {done.get("p99"), done.get("p50"), done.get("exchanges") / seconds, connections / seconds};
    }

    private Pair pair() throws IOException {
        Pair running = pair;
        if (running == null) {
            running = new Pair(peers.named(peers.newest(SessionPeers.SESSION)), Place.LOOPBACK, List.of(), null);
            pair = running;
        }
        return running;
    }

    private Child attacker(Pair attacked) throws IOException {
        Child running = attacker;
        if (running == null) {
            String script = Home.benchmarks().resolve("src/main/node/attack.js").toString();
            String inC = other(List.of(Home.binary("server"), "0", file.toString()));
            String inJava = other(List.of(
                    Jdk.own().java(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    AcceptOnly.class.getName(),
                    "127.0.0.1"));
            running = new Child(List.of("node", script, "127.0.0.1", "" + attacked.port(), inC, inJava));
            running.line("READY");
            attacker = running;
        }
        return running;
    }

    /** Starts a server that nobody measures, and returns its port. */
    private String other(List<String> command) throws IOException {
        Child server = new Child(command);
        others.add(server);
        return "" + (int) Load.said(server, "READY ").get(Task.EXCHANGE.word());
    }

    @Override
    public void close() {
        others.forEach(Child::close);
        if (attacker != null) {
            attacker.close();
        }
        if (pair != null) {
            pair.close();
        }
    }
}
