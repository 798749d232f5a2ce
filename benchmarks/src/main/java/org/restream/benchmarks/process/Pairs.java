package org.restream.benchmarks.process;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.restream.benchmarks.peer.Jdk;
import org.restream.benchmarks.peer.SessionPeer;
import org.restream.benchmarks.session.Relay;

/** The pair of each system, started at its first use. */
public final class Pairs implements AutoCloseable {
    private final Map<SessionPeer, Pair> running = new HashMap<>();
    private final Place place;
    private final @Nullable List<String> relay;

    /** None yet, of clients that are connected with their server. */
    public static Pairs direct(Place place) {
        return new Pairs(place, null);
    }

    /** None yet, of clients that have a relay between them and their server. */
    public static Pairs relayed(Place place) {
        return new Pairs(
                place, List.of(Jdk.own().java(), "-cp", System.getProperty("java.class.path"), Relay.class.getName()));
    }

    private Pairs(Place place, @Nullable List<String> relay) {
        this.place = place;
        this.relay = relay;
    }

    public Pair of(SessionPeer peer) throws IOException {
        Pair pair = running.get(peer);
        if (pair == null) {
            pair = new Pair(peer, place, List.of(), relay);
            running.put(peer, pair);
        }
        return pair;
    }

    @Override
    public void close() {
        running.values().forEach(Pair::close);
        running.clear();
    }
}
