package org.restream.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A raw client socket, for what the library's client would never send. */
public final class Raw implements AutoCloseable {
    private final Socket socket;
    private boolean reset;

    public Raw(InetSocketAddress server) throws IOException {
        socket = new Socket(server.getAddress(), server.getPort());
        socket.setSoTimeout(30_000);
    }

    /** Sends a text; a reset is reported only by {@link #hear}. */
    public Raw say(String text) throws IOException {
        return say(text.getBytes(UTF_8));
    }

    public Raw say(byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            // the system reports a reset only once
            reset = true;
        }
        return this;
    }

    /** Sends a FIN; a reset is reported only by {@link #hear}. */
    public Raw end() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            reset = true;
        }
        return this;
    }

    /** Reads up to the end; appends {@code reset} if the connection was reset. */
    public String hear() throws IOException {
        StringBuilder heard = new StringBuilder();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                heard.append((char) next);
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("reset")) {
                throw e;
            }
            reset = true;
        }
        if (reset) {
            heard.append("reset");
        }
        return heard.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
