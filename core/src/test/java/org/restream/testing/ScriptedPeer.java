package org.restream.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A peer with raw sockets, as server or as client, that dies at a chosen step of its message. */
public final class ScriptedPeer implements AutoCloseable {
    /** How much of its message, {@code {"peer":1}} and a body of 10 bytes, it sends before it dies. */
    public enum Step {
        ACCEPT(""),
        HALF_HEADER("{\"peer\""),
        HEADER("{\"peer\":1}\n\n"),
        HALF_BODY("{\"peer\":1}\n\nfirst"),
        END("{\"peer\":1}\n\nfirst half");

        private final String said;

        Step(String said) {
            this.said = said;
        }
    }

    /** How it dies: by the end of its direction, by a reset, or by falling silent. */
    public enum Death {
        FIN,
        RST,
        SILENCE
    }

    private final Step step;
    private final Death death;
    private final ServerSocket listening;
    private final CompletableFuture<Socket> connected = new CompletableFuture<>();
    private final CompletableFuture<String> heard = new CompletableFuture<>();

    private ScriptedPeer(Step step, Death death, ServerSocket listening) {
        this.step = step;
        this.death = death;
        this.listening = listening;
    }

    /** Acts as a server for one connection; others stay in its backlog. */
    public static ScriptedPeer server(Step step, Death death) throws IOException {
        ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ScriptedPeer peer = new ScriptedPeer(step, death, listening);
        // after reading the request, so that the client is always in the same state
        peer.start(listening::accept, true);
        return peer;
    }

    /** Acts as a client. */
    public static ScriptedPeer client(InetSocketAddress server, Step step, Death death) {
        ScriptedPeer peer = new ScriptedPeer(step, death, null);
        peer.start(() -> new Socket(server.getAddress(), server.getPort()), false);
        return peer;
    }

    private interface Opening {
        Socket open() throws IOException;
    }

    private void start(Opening opening, boolean readFirst) {
        Thread thread = new Thread(() -> run(opening, readFirst), "scripted-peer");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Opening opening, boolean readFirst) {
        try {
            Socket socket = opening.open();
            connected.complete(socket);
            byte[] before = readFirst ? socket.getInputStream().readAllBytes() : new byte[0];
            OutputStream out = socket.getOutputStream();
            out.write(step.said.getBytes(UTF_8));
            die(socket);
            String after =
                    death == Death.RST ? "" : new String(socket.getInputStream().readAllBytes(), UTF_8);
            heard.complete(new String(before, UTF_8) + after);
            if (death == Death.FIN) {
                socket.close();
            }
        } catch (IOException e) {
            connected.completeExceptionally(e);
            heard.complete("error: " + e.getMessage());
        }
    }

    private void die(Socket socket) throws IOException {
        switch (death) {
            case FIN -> socket.shutdownOutput();
            case RST -> {
                socket.setSoLinger(true, 0);
                socket.close();
            }
            case SILENCE -> {}
        }
    }

    /** Its address as {@code host:port}. */
    public String address() {
        return listening.getInetAddress().getHostAddress() + ":" + listening.getLocalPort();
    }

    /** Everything that it received up to the other side's end, or how that failed. */
    public String heard() throws Exception {
        return heard.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        if (listening != null) {
            listening.close();
        }
        if (connected.isDone() && !connected.isCompletedExceptionally()) {
            connected.get().close();
        }
    }
}
