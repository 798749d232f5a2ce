package org.restream.benchmarks.client;

import java.io.IOException;
import java.net.Socket;
import java.util.function.BooleanSupplier;
import org.restream.benchmarks.EachThread;

/** A plain {@link Socket} and a loop with a sleep, with a thread for each client (virtual if the JVM has them). */
final class BlockingClient implements Client {
    @Override
    public void start(int port, long waitMillis, Runnable done) {
        EachThread.EXECUTOR.execute(() -> {
            while (!exchange(port)) {
                sleep(waitMillis);
            }
            done.run();
        });
    }

    @Override
    public void loop(int port, BooleanSupplier more, Runnable each, Runnable over) {
        EachThread.EXECUTOR.execute(() -> {
            while (more.getAsBoolean()) {
                if (!exchange(port)) {
                    Wire.fail(new IOException("lost"));
                }
                each.run();
            }
            over.run();
        });
    }

    private static boolean exchange(int port) {
        try (Socket socket = new Socket(Wire.host(), port)) {
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(Wire.REQUEST);
            socket.shutdownOutput();
            Wire.check(Wire.ANSWER, socket.getInputStream().readAllBytes());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Wire.fail(e);
        }
    }
}
