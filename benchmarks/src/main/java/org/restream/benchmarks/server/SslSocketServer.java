package org.restream.benchmarks.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.restream.benchmarks.peer.Bodies;
import org.restream.benchmarks.peer.Task;

/** A bare {@code SSLSocket} and a copy loop: the minimum that TLS costs in a JVM. */
public final class SslSocketServer {
    private static final byte[] HEADER = "{\"ok\":true}\n\n".getBytes(StandardCharsets.UTF_8);
    private static final int CHUNK = 65_536;

    private SslSocketServer() {}

    /** Handles a connection, including its end. */
    private interface Handler {
        void handle(InputStream in, OutputStream out) throws IOException;
    }

    public static void main(String... args) throws Exception {
        long bytes = Long.parseLong(args[0]) / Bodies.TLS_PART;
        SSLContext context = Keys.context(Path.of(args[2]));
        byte[] pattern = Bodies.pattern();
        Map<Task, Integer> ports = new EnumMap<>(Task.class);
        ports.put(Task.TLS_UP, listen(context, (in, out) -> {
            long count = count(in);
            out.write(HEADER);
            out.write(Long.toString(count).getBytes(StandardCharsets.US_ASCII));
        }));
        ports.put(Task.TLS_DOWN, listen(context, (in, out) -> {
            count(in);
            out.write(HEADER);
            for (long left = bytes; left > 0; left -= CHUNK) {
                out.write(pattern, 0, (int) Math.min(left, CHUNK));
            }
        }));
        Ready.serve(ports);
    }

    private static long count(InputStream in) throws IOException {
        byte[] chunk = new byte[CHUNK];
        BlankLine blankLine = new BlankLine();
        long total = 0;
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            total += count;
            for (int i = 0; i < count && blankLine.takes(chunk[i]); i++) {
                total--;
            }
        }
        return total;
    }

    private static int listen(SSLContext context, Handler handler) throws IOException {
        SSLServerSocket server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 4_096, InetAddress.getLoopbackAddress());
        Thread acceptor = new Thread(() -> {
            while (true) {
                try (SSLSocket socket = (SSLSocket) server.accept()) {
                    socket.setTcpNoDelay(true);
                    handler.handle(socket.getInputStream(), socket.getOutputStream());
                    socket.shutdownOutput();
                } catch (IOException e) {
                    System.err.println("SSLSocket: " + e);
                }
            }
        });
        acceptor.setDaemon(true);
        acceptor.start();
        return server.getLocalPort();
    }
}
