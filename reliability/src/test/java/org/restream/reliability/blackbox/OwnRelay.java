package org.restream.reliability.blackbox;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A relay that disturbs its first connections as a plan says, and passes everything on in the others. */
final class OwnRelay implements Way {
    private final Plan plan;
    private final InetSocketAddress address;
    private final InetSocketAddress receiver;
    private final Counter up = new Counter();
    private final Counter down = new Counter();
    private final AtomicInteger accepted = new AtomicInteger();
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listening;

    OwnRelay(Plan plan, String host, InetSocketAddress receiver) throws IOException {
        this.plan = plan;
        this.receiver = receiver;
        address = Listener.freeAddress(host);
        restart();
    }

    @Override
    public void restart() throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(address, 100);
        listening = socket;
        Later.start(() -> {
            while (true) {
                link(socket.accept());
            }
        });
    }

    private void link(Socket sender) throws IOException {
        int number = accepted.getAndIncrement();
        boolean harms = plan.count("times") == 0 || number < plan.count("times") || !isFirstOnly();
        if (plan.relay() == Relay.RESETS && harms) {
            int millis = new SplittableRandom(plan.seed() + number).nextInt(20);
            Later.startAfter(millis, new Side(sender)::reset);
            return;
        }
        Socket there = new Socket();
        try {
            there.connect(receiver);
        } catch (IOException e) {
            // no receiver: treat it like a reset
            if (plan.relay() != Relay.RESET_TO_FIN) {
                sender.setSoLinger(true, 0);
            }
            sender.close();
            return;
        }
        Link link = new Link(plan, harms ? plan.relay() : Relay.HONEST, sender, there);
        links.add(link);
        link.start(up, down);
    }

    /** Whether the harm affects only the first connections; otherwise it is a permanent property of the relay. */
    private boolean isFirstOnly() {
        return switch (plan.relay()) {
            case RESETS, CUT_FIN, CUT_RST, SILENCE, FULL_CLOSE -> true;
            default -> false;
        };
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public Counter up() {
        return up;
    }

    @Override
    public Counter down() {
        return down;
    }

    @Override
    public void kill() throws IOException {
        listening.close();
        links.forEach(Link::reset);
    }

    @Override
    public void close() throws IOException {
        kill();
    }
}
