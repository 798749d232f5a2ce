package org.restream.cli.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends exactly what a test wants, as slowly as it wants, and can disappear at any time. */
public final class RawPeer implements AutoCloseable {
    private final Socket socket = new Socket();

    public RawPeer(InetSocketAddress server) throws IOException {
        socket.connect(server, 30_000);
        socket.setSoTimeout(30_000);
    }

    public RawPeer say(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public RawPeer end() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Reads up to the other side's end; a reset throws. */
    public String hear() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Reads this many bytes. */
    public String hear(int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }

    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
