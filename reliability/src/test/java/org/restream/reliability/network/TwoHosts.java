package org.restream.reliability.network;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.restream.testing.JavaProcess;

/** Two network namespaces with a virtual cable. Needs Linux, the command ip, and the right to use it. */
public final class TwoHosts implements AutoCloseable {
    public static final String NEAR_ADDRESS = "10.231.9.1";
    public static final String FAR_ADDRESS = "10.231.9.2";

    private static final String MOVED_ADDRESS = "10.231.9.3";
    private static final String CARD = "cable";

    private final String near = "restream-near-" + ProcessHandle.current().pid();
    private final String far = "restream-far-" + ProcessHandle.current().pid();

    /** Makes them; skips the test if that is impossible. */
    public TwoHosts() throws Exception {
        assumeTrue(did("ip", "netns", "add", near), "no network namespaces can be made here (\"ip netns add\")");
        run("ip", "netns", "add", far);
        assumeTrue(
                did("ip", "-n", near, "link", "add", CARD, "type", "veth", "peer", "name", CARD, "netns", far),
                "no pair of virtual interfaces can be made here (\"ip link add … type veth\")");
        up(near, NEAR_ADDRESS);
        up(far, FAR_ADDRESS);
    }

    private static void up(String host, String address) throws Exception {
        run("ip", "-n", host, "addr", "add", address + "/24", "dev", CARD);
        run("ip", "-n", host, "link", "set", CARD, "up");
        run("ip", "-n", host, "link", "set", "lo", "up");
    }

    public JavaProcess near(Class<?> main, Object... arguments) throws IOException {
        return start(near, main, arguments);
    }

    public JavaProcess far(Class<?> main, Object... arguments) throws IOException {
        return start(far, main, arguments);
    }

    /** The command line that runs a command in the near one. */
    public List<String> atNear(List<String> line) {
        return at(near, line);
    }

    /** The command line that runs a command in the far one. */
    public List<String> atFar(List<String> line) {
        return at(far, line);
    }

    private static List<String> at(String host, List<String> line) {
        List<String> there = new ArrayList<>(List.of("ip", "netns", "exec", host));
        there.addAll(line);
        return there;
    }

    private static JavaProcess start(String host, Class<?> main, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
        return JavaProcess.of(new ProcessBuilder(at(host, command))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Sets how often the near one retransmits before it gives up; the system's default is 15. */
    void retries(int count) throws Exception {
        run("ip", "netns", "exec", near, "sh", "-c", "echo " + count + " > /proc/sys/net/ipv4/tcp_retries2");
    }

    /** Gives the near one another address; the one that it had is gone. */
    public void move() throws Exception {
        run("ip", "-n", near, "addr", "del", NEAR_ADDRESS + "/24", "dev", CARD);
        run("ip", "-n", near, "addr", "add", MOVED_ADDRESS + "/24", "dev", CARD);
    }

    /** Drops what comes to the near one; what it sends arrives. Skips the test where the command nft can't. */
    public void deafen() throws Exception {
        assumeTrue(
                did(nft("add", "table", "inet", "deaf")),
                "no packet filter can be made here (\"nft add table\", Debian: nftables)");
        run(nft("add", "chain", "inet", "deaf", "in", "{ type filter hook input priority 0 ; policy drop ; }"));
    }

    public void hearAgain() throws Exception {
        run(nft("delete", "table", "inet", "deaf"));
    }

    /** Puts a NAT in front of the near one, which gives its connections ports of its own. Skips the test where that is impossible. */
    public void nat() throws Exception {
        assumeTrue(
                did(nft("add", "table", "ip", "nat"))
                        && did(atNear(List.of("conntrack", "-L")).toArray(String[]::new)),
                "no NAT can be made here (Debian: nftables, conntrack)");
        run(nft("add", "chain", "ip", "nat", "out", "{ type nat hook postrouting priority 100 ; }"));
        translate("20000-29999");
    }

    /**
     * The NAT forgets its connections, and gives the next ones other ports.
     *
     * @param silently whether packets of forgotten ones are dropped; otherwise they go on as from another port
     */
    public void rebind(boolean silently) throws Exception {
        run(nft("flush", "chain", "ip", "nat", "out"));
        translate("30000-39999");
        if (silently) {
            run("ip", "netns", "exec", near, "sh", "-c", "echo 0 > /proc/sys/net/netfilter/nf_conntrack_tcp_loose");
            run(nft("add", "chain", "ip", "nat", "lost", "{ type filter hook output priority 0 ; }"));
            run(nft("add", "rule", "ip", "nat", "lost", "ct", "state", "invalid", "drop"));
            run(nft("add", "chain", "ip", "nat", "late", "{ type filter hook input priority 0 ; }"));
            run(nft("add", "rule", "ip", "nat", "late", "tcp", "dport", "20000-29999", "drop"));
        }
        run(atNear(List.of("conntrack", "-F")).toArray(String[]::new));
    }

    private void translate(String ports) throws Exception {
        run(nft("add", "rule", "ip", "nat", "out", "ip", "protocol", "tcp", "snat", "to", NEAR_ADDRESS + ":" + ports));
    }

    private String[] nft(String... command) {
        List<String> line = new ArrayList<>(List.of("nft"));
        line.addAll(List.of(command));
        return atNear(line).toArray(String[]::new);
    }

    /** Delays and loses what the near one sends. Skips the test where the kernel can't. */
    public void impair(int delayMs, double lossPercent) throws Exception {
        assumeTrue(
                did(atNear(List.of(
                                "tc",
                                "qdisc",
                                "replace",
                                "dev",
                                CARD,
                                "root",
                                "netem",
                                "delay",
                                delayMs + "ms",
                                "loss",
                                lossPercent + "%"))
                        .toArray(String[]::new)),
                "no delay can be made here (\"tc qdisc add … netem\")");
    }

    /** Takes the far one's interface down, so that it is unreachable. */
    public void vanish() throws Exception {
        run("ip", "-n", far, "link", "set", CARD, "down");
    }

    public void comeBack() throws Exception {
        run("ip", "-n", far, "link", "set", CARD, "up");
    }

    /** Kills the processes in them, and removes them. */
    @Override
    public void close() throws Exception {
        kill(near);
        kill(far);
        did("ip", "netns", "del", near);
        did("ip", "netns", "del", far);
    }

    private static void kill(String host) throws Exception {
        Process pids = new ProcessBuilder("ip", "netns", "pids", host).start();
        try (BufferedReader lines = pids.inputReader()) {
            lines.lines()
                    .map(Long::valueOf)
                    .flatMap(pid -> ProcessHandle.of(pid).stream())
                    .forEach(process -> {
                        process.destroyForcibly();
                        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
                    });
        }
    }

    private static void run(String... command) throws Exception {
        if (!did(command)) {
            throw new IOException("failed: " + String.join(" ", command));
        }
    }

    private static boolean did(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            // the command is not installed
            return false;
        }
    }
}
