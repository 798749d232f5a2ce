package org.restream.benchmarks.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Two network namespaces with a line between them that carries 100 Mbit/s, with a round trip of 20 ms. It needs root, the
 * commands {@code ip} and {@code tc}, and the kernel's netem.
 */
public final class Line implements Place, AutoCloseable {
    private static final String CLIENT = "restream-bench-client";
    private static final String SERVER = "restream-bench-server";
    private static final String CARD = "line";
    private static final String CLIENT_ADDRESS = "10.231.10.1";
    private static final String SERVER_ADDRESS = "10.231.10.2";

    private @Nullable Boolean made;

    /** Makes it, if it is not there; false, with a message, if that is impossible here. */
    public boolean make() throws InterruptedException {
        if (made == null) {
            close();
            made = did("ip", "netns", "add", CLIENT)
                    && did("ip", "netns", "add", SERVER)
                    && did("ip", "-n", CLIENT, "link", "add", CARD, "type", "veth", "peer", CARD, "netns", SERVER)
                    && isUp(CLIENT, CLIENT_ADDRESS)
                    && isUp(SERVER, SERVER_ADDRESS);
            if (!made) {
                System.err.println("no line of 100 Mbit/s can be made here, and so none is measured");
            }
        }
        return made;
    }

    private static boolean isUp(String host, String address) throws InterruptedException {
        return did("ip", "-n", host, "addr", "add", address + "/24", "dev", CARD)
                // packets of the size that a real line has
                && did("ip", "-n", host, "link", "set", CARD, "gso_max_segs", "1")
                && did("ip", "-n", host, "link", "set", CARD, "up")
                && did("ip", "-n", host, "link", "set", "lo", "up")
                && did(
                        "tc", "-n", host, "qdisc", "add", "dev", CARD, "root", "netem", "delay", "10ms", "rate",
                        "100mbit");
    }

    @Override
    public String address() {
        return SERVER_ADDRESS;
    }

    @Override
    public List<String> server(List<String> command) {
        return at(SERVER, command);
    }

    @Override
    public List<String> client(List<String> command) {
        return at(CLIENT, command);
    }

    private static List<String> at(String host, List<String> command) {
        List<String> there = new ArrayList<>(List.of("ip", "netns", "exec", host));
        there.addAll(command);
        return there;
    }

    /** Removes what there is, also what an earlier run has left. */
    @Override
    public void close() throws InterruptedException {
        did("ip", "netns", "del", CLIENT);
        did("ip", "netns", "del", SERVER);
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
