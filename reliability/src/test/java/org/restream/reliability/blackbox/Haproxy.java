package org.restream.reliability.blackbox;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The program HAProxy as a TCP relay. */
final class Haproxy implements Way {
    private final InetSocketAddress address;
    private final Path configuration;
    private Process process;

    /**
     * Starts it.
     *
     * @param timeout the time-out in ms for a silent side
     * @param options what follows the receiver's address in its configuration
     */
    Haproxy(String host, InetSocketAddress receiver, long timeout, String options) throws Exception {
        address = Listener.freeAddress(host);
        configuration = Files.createTempFile("blackbox-", ".haproxy");
        Files.writeString(configuration, """
                defaults
                  mode tcp
                  retries 1
                  timeout connect 1s
                  timeout client %1$dms
                  timeout server %1$dms
                frontend sender
                  bind %2$s:%3$d
                  default_backend receiver
                backend receiver
                  server receiver %4$s:%5$d %6$s
                """.formatted(
                        timeout, host, address.getPort(), receiver.getHostString(), receiver.getPort(), options));
        restart();
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void restart() throws Exception {
        process = new ProcessBuilder(Programs.find("haproxy"), "-db", "-q", "-f", configuration.toString())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        // a test connection would go on to the receiver
        Later.until(this::isListening).get(30, TimeUnit.SECONDS);
    }

    private boolean isListening() {
        if (!process.isAlive()) {
            throw new IllegalStateException("haproxy has ended, with status " + process.exitValue());
        }
        byte[] host = address.getAddress().getAddress();
        String entry = String.format(
                Locale.ROOT,
                ": %02X%02X%02X%02X:%04X 00000000:0000 0A",
                host[3],
                host[2],
                host[1],
                host[0],
                address.getPort());
        return Logs.text(Path.of("/proc/net/tcp")).contains(entry);
    }

    @Override
    public void kill() throws Exception {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        Files.deleteIfExists(configuration);
    }
}
