package org.restream.cli.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server that a test controls byte by byte. */
public final class RawServer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final ServerSocket socket;

    public RawServer() throws IOException {
        this(0);
    }

    /** At the port of a server that has ended. */
    public RawServer(int port) throws IOException {
        socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    public Peer accept() throws IOException {
        return new Peer(socket.accept());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** One connection. */
    public static final class Peer implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;

        private Peer(Socket socket) throws IOException {
            this.socket = socket;
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = socket.getInputStream();
        }

        /** Reads the header, without the blank line. */
        public String readHeader() throws IOException {
            ByteArrayOutputStream header = new ByteArrayOutputStream();
            while (!header.toString(StandardCharsets.UTF_8).endsWith("\n\n")) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("ended inside the header: " + header);
                }
                header.write(next);
            }
            return header.toString(StandardCharsets.UTF_8).strip();
        }

        public String read(int bytes) throws IOException {
            return new String(readBytes(bytes), StandardCharsets.UTF_8);
        }

        public byte[] readBytes(int bytes) throws IOException {
            return in.readNBytes(bytes);
        }

        /** Reads the rest, up to a clean end; throws for an unclean one. */
        public String readRest() throws IOException {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }

        public void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        }

        public void end() throws IOException {
            socket.shutdownOutput();
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
}
