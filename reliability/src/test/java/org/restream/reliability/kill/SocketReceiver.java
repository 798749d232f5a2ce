package org.restream.reliability.kill;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A receiver in Java without restream, with plain sockets. */
final class SocketReceiver implements Receiver {
    private final ServerSocket listening;

    SocketReceiver() throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    }

    private interface Opening {
        Socket open() throws IOException;
    }

    @Override
    public int port() {
        return listening.getLocalPort();
    }

    @Override
    public Reception next(Plan plan) {
        return start(plan, plan.unread() > 0, listening::accept);
    }

    @Override
    public Reception connect(int port, Plan plan) {
        return start(plan, true, () -> new Socket(InetAddress.getByName("127.0.0.1"), port));
    }

    private static Taking start(Plan plan, boolean talks, Opening opening) {
        Taking taking = new Taking(plan);
        inThread(() -> {
            try (Socket socket = opening.open()) {
                OutputStream out = socket.getOutputStream();
                if (talks) {
                    out.write("{\"a\":1}\n\n".getBytes(UTF_8));
                    out.write(new byte[plan.unread()]);
                }
                Thread writer = plan.flood() ? inThread(() -> flood(out)) : null;
                skipHeader(socket.getInputStream());
                // Linux reports a reset only once, perhaps to the writer
                taking.take(socket.getInputStream(), () -> writer != null && hasEnded(writer));
            } catch (EOFException e) {
                taking.take(InputStream.nullInputStream());
            } catch (IOException e) {
                // lost inside the header, or before it
                taking.lost();
            }
        });
        return taking;
    }

    static void flood(OutputStream out) {
        try {
            while (true) {
                out.write(new byte[65_536]);
            }
        } catch (IOException e) {
            // the sender was killed
        }
    }

    private static boolean hasEnded(Thread writer) throws InterruptedException {
        writer.join(1_000);
        return !writer.isAlive();
    }

    private static void skipHeader(InputStream in) throws IOException {
        int feeds = 0;
        while (feeds < 2) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("ended in its header");
            }
            feeds = next == '\n' ? feeds + 1 : 0;
        }
    }

    static Thread inThread(Runnable work) {
        Thread thread = new Thread(work, "receiver");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
