package org.restream.benchmarks.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.restream.benchmarks.Home;

/**
 * Two network namespaces with a line between them that carries 100 Mbit/s, with a round trip of 20 ms. It needs root and
 * the command {@code ip}. Not every kernel has netem, so a program carries the packets: see {@code line.c}.
 */
public final class Line implements Place, AutoCloseable {
    private static final String CLIENT = "restream-bench-client";
    private static final String SERVER = "restream-bench-server";
    private static final String CARD = "line";
    private static final String CLIENT_ADDRESS = "10.231.10.1";
    private static final String SERVER_ADDRESS = "10.231.10.2";

    private @Nullable Boolean made;
    private @Nullable Child program;

    /** Makes it, if it is not there; false, with a message, if that is impossible here. */
    public boolean make() throws InterruptedException {
        if (made == null) {
            remove();
            made = did("ip", "netns", "add", CLIENT)
                    && did("ip", "netns", "add", SERVER)
                    && isStarted()
                    && isUp(CLIENT, CLIENT_ADDRESS)
                    && isUp(SERVER, SERVER_ADDRESS);
            if (!made) {
                System.err.println("no line of 100 Mbit/s can be made here (see line.c), and so none is measured");
            }
        }
        return made;
    }

    private boolean isStarted() {
        program = new Child(List.of(Home.binary("line"), CLIENT, SERVER, "100", "10"));
        try {
            program.line("READY");
            return true;
        } catch (IOException e) {
            // it has said why
            return false;
        }
    }

    private static boolean isUp(String host, String address) throws InterruptedException {
        return did("ip", "-n", host, "addr", "add", address + "/24", "dev", CARD)
                && did("ip", "-n", host, "link", "set", CARD, "up")
                && did("ip", "-n", host, "link", "set", "lo", "up");
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

    @Override
    public void close() throws InterruptedException {
        if (program != null) {
            program.close();
        }
        remove();
    }

    /** Removes the namespaces, also those that an earlier run has left. */
    private static void remove() throws InterruptedException {
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
