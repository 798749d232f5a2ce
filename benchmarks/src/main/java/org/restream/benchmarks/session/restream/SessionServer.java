package org.restream.benchmarks.session.restream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.restream.Header;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.Restream;
import org.restream.ServerOptions;
import org.restream.SessionLimits;
import org.restream.benchmarks.peer.Bodies;
import org.restream.benchmarks.session.Check;
import org.restream.benchmarks.session.Pieces;

/** The server for sessions and for plain connections: it is the same, and so is its handler. */
public final class SessionServer {
    /** Of this, each session is granted a part that it does not use here. */
    private static final long PLENTY = 16L << 30;

    private static final int MANY = 20_000;

    private final Path file;

    private SessionServer(Path file) {
        this.file = file;
    }

    public static int listen(String host, Path file) throws IOException {
        SessionLimits limits = SessionLimits.defaults()
                .exchanges(MANY)
                .sessions(MANY)
                .sessionsPerAddress(MANY)
                .sessionMemory(PLENTY);
        ServerOptions options =
                ServerOptions.defaults().host(host).port(0).maxConnections(MANY).sessions(limits);
        SessionServer server = new SessionServer(file);
        return Restream.createServer(options, server::handle).listen().address().getPort();
    }

    private void handle(Incoming req, Outgoing res) throws IOException {
        Header header = req.header();
        String task = String.valueOf(header.getString("task"));
        switch (task) {
            case "exchange" -> {
                byte[] body = req.readAllBytes();
                res.header("ok", true).end(body);
            }
            case "up" -> {
                long count = check(req);
                res.header("ok", true).end(Long.toString(count));
            }
            case "down" -> send(Pieces.of(bytes(header)), res.header("ok", true));
            case "file" -> res.header("ok", true).transferFrom(file);
            case "hold" -> {
                res.header("ok", true).flush();
                req.readAllBytes();
            }
            default -> throw new IllegalArgumentException(task);
        }
    }

    private static long bytes(Header header) {
        Long bytes = header.getLong("bytes");
        if (bytes == null) {
            throw new IllegalArgumentException("no bytes in " + header);
        }
        return bytes;
    }

    static void send(Pieces pieces, Outgoing out) throws IOException {
        for (byte[] piece = pieces.next(); piece != null; piece = pieces.next()) {
            out.write(piece);
        }
        out.end();
    }

    /** Reads a body to its end, and returns its length. */
    static long check(Incoming in) throws IOException {
        Check check = new Check();
        byte[] buffer = new byte[Bodies.PERIOD];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            check.next(ByteBuffer.wrap(buffer, 0, count));
        }
        return check.count();
    }
}
