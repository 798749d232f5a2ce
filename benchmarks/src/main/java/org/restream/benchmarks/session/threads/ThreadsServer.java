package org.restream.benchmarks.session.threads;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.restream.benchmarks.EachThread;

/** Sends each body back, on a thread of its own. */
public final class ThreadsServer implements Frames.Receiver {
    private ThreadsServer() {}

    /** Serves one connection. */
    public static int listen(String host) throws IOException {
        ServerSocketChannel listening = ServerSocketChannel.open().bind(new InetSocketAddress(host, 0));
        EachThread.EXECUTOR.execute(() -> {
            try {
                Frames unused = new Frames(listening.accept(), new ThreadsServer());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return listening.socket().getLocalPort();
    }

    @Override
    public void frame(Frames from, int number, byte[] body) {
        EachThread.EXECUTOR.execute(() -> from.send(number, body));
    }

    @Override
    public void pause() {}
}
