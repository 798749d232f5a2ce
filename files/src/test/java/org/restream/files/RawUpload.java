package org.restream.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A client of bytes, which reads the answer's header before it goes on. */
final class RawUpload implements AutoCloseable {
    private final Socket socket;

    RawUpload(InetSocketAddress server) throws IOException {
        socket = new Socket(server.getAddress(), server.getPort());
        socket.setSoTimeout(30_000);
    }

    void say(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    void end() throws IOException {
        socket.shutdownOutput();
    }

    /** The answer's header, without the blank line. */
    String header() throws IOException {
        StringBuilder header = new StringBuilder();
        while (header.indexOf("\n\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("the answer ends in its header: " + header);
            }
            header.append((char) next);
        }
        return header.substring(0, header.length() - 2);
    }

    /** The answer's body; {@code reset} where it is cut. */
    String rest() throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            return "reset";
        }
    }

    /** By a reset, as our own client's would be. */
    @Override
    public void close() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
