package org.restream.reliability.blackbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Executes a plan, and judges the result. */
final class Transfer {
    private final Plan plan;
    private final Lane lane;
    private final Path folder;
    private final Counter fed = new Counter();
    private final List<String> left = new ArrayList<>();

    private Transfer(Plan plan, Lane lane) {
        this.plan = plan;
        this.lane = lane;
        folder = lane.folder().resolve("sender");
    }

    /** Returns the verdict; the outcome's files are deleted afterwards. */
    static Verdict judge(Plan plan, Lane lane, Tally tally) throws Exception {
        String missing = missing(plan);
        if (!missing.isEmpty()) {
            return Verdict.skipped("there is no " + missing + " here");
        }
        try {
            return new Transfer(plan, lane).run(tally);
        } catch (IOException | ExecutionException | TimeoutException | RuntimeException e) {
            e.printStackTrace();
            lane.close();
            return Verdict.failed(e);
        }
    }

    private static String missing(Plan plan) {
        if (plan.is("tls") && !Programs.has("openssl")) {
            return "openssl";
        }
        Relay relay = plan.relay();
        String program = relay == Relay.SOCAT ? "socat" : relay.isHaproxy() ? "haproxy" : "sh";
        return Programs.has(program) ? "" : program;
    }

    private Verdict run(Tally tally) throws Exception {
        Logs.delete(folder);
        Files.createDirectories(folder);
        List<Part> parts = Parts.make(plan, folder);
        Listener receiver = lane.receiver(plan);
        try (Way way = Way.open(plan, lane.host(), receiver.address());
                Vacant vacant = new Vacant(lane.host())) {
            long from = Logs.size(receiver.out());
            CompletableFuture<Void> there = receiver(receiver);
            Sending sending = Sending.start(plan, lane, parts, servers(vacant, way), folder, fed);
            Blow blow = Blow.plan(plan, parts.get(0), fed, way, sending, receiver);
            probe(receiver.address());
            int status = await(sending, receiver, there, blow);
            way.close();
            settle(receiver);
            boolean alive = receiver.isAlive();
            int once = plan.sink() == Sink.ONCE && !alive ? receiver.process().exitValue() : -1;
            if (plan.sink() == Sink.ONCE) {
                // so that it writes no more
                receiver.close();
            }
            Outcome outcome = new Outcome(plan, parts, status, folder, receiver, from, alive, once, way, left);
            tally.saw(outcome);
            Verdict verdict = new Judge(outcome).verdict();
            sending.kill();
            if (verdict.isWrong() || !alive) {
                // so that its leftovers don't affect the next transfer
                lane.forget(receiver);
            } else {
                clear(receiver);
            }
            return verdict;
        }
    }

    private List<InetSocketAddress> servers(Vacant vacant, Way way) throws IOException {
        return switch (plan.text("first")) {
            case "dead" -> List.of(Listener.freeAddress(lane.host()), way.address());
            case "vacant" -> List.of(vacant.address(), way.address());
            default -> List.of(way.address());
        };
    }

    /** Starts a late receiver when it is time. */
    private CompletableFuture<Void> receiver(Listener receiver) throws Exception {
        if (plan.count("late") > 0) {
            if (receiver.isAlive()) {
                receiver.signal("TERM");
            }
            return Later.after(plan.number("late"), receiver::start);
        }
        if (plan.sink() == Sink.ONCE) {
            receiver.start();
        }
        return CompletableFuture.completedFuture(null);
    }

    private void probe(InetSocketAddress address) {
        for (int i = 0; i < plan.count("probes"); i++) {
            boolean resets = i % 3 == 2;
            Later.startAfter(50L * i * i, () -> {
                try (Socket socket = new Socket(InetAddress.getByName(address.getHostString()), address.getPort())) {
                    socket.setSoLinger(resets, 0);
                }
            });
        }
    }

    private int await(Sending sending, Listener receiver, CompletableFuture<Void> there, Blow blow) throws Exception {
        long until = System.nanoTime() + Bounds.of(plan) * 1_000_000;
        int status = -1;
        if (ended("the sender", sending.sender(), until)) {
            status = sending.sender().exitValue();
            ended("the reader of the answer", sending.reader(), until);
        }
        blow.end();
        there.join();
        if (plan.sink() == Sink.ONCE && status == 0) {
            // if it is still running, it is judged by what it has
            Later.isDone(receiver.process().onExit(), 10_000);
            if (receiver.reader() != null) {
                Later.isDone(receiver.reader().onExit(), 10_000);
            }
        }
        return status;
    }

    private boolean ended(String who, Process process, long until) throws Exception {
        if (process == null || Later.isDone(process.onExit(), Math.max(1, (until - System.nanoTime()) / 1_000_000))) {
            return true;
        }
        left.add(who + " (" + Bounds.where(process) + ")");
        return false;
    }

    /** Waits until the receiver has cleaned up after a cut. */
    private void settle(Listener receiver) throws Exception {
        Later.isDone(Later.until(() -> Logs.list(receiver.stored()).stream().noneMatch(Transfer::isPart)), 10_000);
    }

    static boolean isPart(Path file) {
        return file.getFileName().toString().startsWith(".restream-");
    }

    private static void clear(Listener receiver) throws IOException {
        for (Path each : Logs.list(receiver.stored())) {
            Files.deleteIfExists(each);
        }
    }
}
