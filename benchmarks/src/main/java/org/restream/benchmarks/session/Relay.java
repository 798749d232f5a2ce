package org.restream.benchmarks.session;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Relays connections of this host to a server, and resets all of them for each line of its standard input: {@code Relay
 * HOST PORT}.
 */
public final class Relay {
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

    private Relay() {}

    public static void main(String... args) throws IOException {
        Relay relay = new Relay();
        ServerSocket listening = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        daemon(() -> relay.accept(listening, args[0], Integer.parseInt(args[1])));
        System.out.println("READY exchange=" + listening.getLocalPort());
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (lines.readLine() != null) {
            System.out.println("DONE at=" + System.nanoTime());
            relay.cut();
        }
        Runtime.getRuntime().halt(0);
    }

    /** What a thread does until its sockets fail. */
    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // cut, by this relay or by an end
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(ServerSocket listening, String host, int port) throws IOException {
        while (true) {
            Socket client = listening.accept();
            Socket server = new Socket(host, port);
            for (Socket socket : new Socket[] {client, server}) {
                socket.setTcpNoDelay(true);
                open.add(socket);
            }
            daemon(() -> copy(client, server));
            daemon(() -> copy(server, client));
        }
    }

    private static void copy(Socket from, Socket to) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] buffer = new byte[65_536];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            out.write(buffer, 0, count);
        }
        to.shutdownOutput();
    }

    private void cut() throws IOException {
        for (Socket socket = open.poll(); socket != null; socket = open.poll()) {
            if (!socket.isClosed()) {
                // resets
                socket.setSoLinger(true, 0);
                socket.close();
            }
        }
    }
}
