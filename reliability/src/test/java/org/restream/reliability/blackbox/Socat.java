package org.restream.reliability.blackbox;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The program socat as a relay. */
final class Socat implements Way {
    private final InetSocketAddress address;
    private final InetSocketAddress receiver;
    private final String linger;
    private Process process;

    Socat(String host, InetSocketAddress receiver, String linger) throws Exception {
        this.address = Listener.freeAddress(host);
        this.receiver = receiver;
        this.linger = linger;
        restart();
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void restart() throws Exception {
        String listen = "TCP-LISTEN:" + address.getPort() + ",bind=" + address.getHostString() + ",fork,reuseaddr";
        String to = "TCP:" + receiver.getHostString() + ":" + receiver.getPort();
        Process started = new ProcessBuilder(Programs.find("socat"), "-d", "-d", "-t", linger, listen, to).start();
        process = started;
        CompletableFuture<Void> listening = new CompletableFuture<>();
        Later.start(() -> {
            started.errorReader().lines().forEach(line -> {
                if (line.contains("listening on")) {
                    listening.complete(null);
                }
            });
            listening.completeExceptionally(new IOException("socat does not listen"));
        });
        listening.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void kill() throws Exception {
        // one process for each connection
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws Exception {
        kill();
    }
}
