package org.restream.benchmarks.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.Restream;
import org.restream.RestreamServer.Handler;
import org.restream.ServerOptions;
import org.restream.benchmarks.peer.Bodies;
import org.restream.benchmarks.peer.Task;

/** This project, in stream style. */
public final class RestreamServer {
    private static final int CHUNK = 65_536;
    private static final byte[] PATTERN = Bodies.pattern();
    private static final ServerOptions OPTIONS =
            ServerOptions.defaults().port(0).maxConnections(20_000);

    private RestreamServer() {}

    public static void main(String... args) throws Exception {
        long bytes = Long.parseLong(args[0]);
        Path file = Path.of(args[1]);
        Map<Task, Integer> ports = new EnumMap<>(Task.class);
        ports.put(Task.EXCHANGE, listen((req, res) -> {
            // read everything first, because a header that is set would be sent before a read that may wait
            byte[] body = req.readAllBytes();
            greet(res).end(body);
        }));
        ports.put(Task.UP, listen((req, res) -> {
            long count = count(req);
            greet(res).end(Long.toString(count));
        }));
        ports.put(Task.DOWN, listen((req, res) -> down(req, res, bytes)));
        ports.put(Task.FILE, listen((req, res) -> {
            req.readAllBytes();
            greet(res).transferFrom(file);
        }));
        ports.put(Task.ECHO, listen((req, res) -> req.transferTo(greet(res))));
        ports.put(Task.HOLD, listen((req, res) -> {
            req.header();
            greet(res).flush();
            req.transferTo(OutputStream.nullOutputStream());
        }));
        ServerOptions tls = OPTIONS.tls(Keys.context(Path.of(args[2])));
        ports.put(Task.TLS_UP, listen(tls, (req, res) -> greet(res).end(Long.toString(count(req)))));
        ports.put(Task.TLS_DOWN, listen(tls, (req, res) -> down(req, res, bytes / Bodies.TLS_PART)));
        Ready.serve(ports);
    }

    private static int listen(Handler handler) throws IOException {
        return listen(OPTIONS, handler);
    }

    private static int listen(ServerOptions options, Handler handler) throws IOException {
        return Restream.createServer(options, handler).listen().address().getPort();
    }

    private static Outgoing greet(Outgoing res) throws IOException {
        return res.header("ok", true);
    }

    private static void down(Incoming req, Outgoing res, long bytes) throws IOException {
        req.readAllBytes();
        greet(res);
        for (long left = bytes; left > 0; left -= PATTERN.length) {
            res.write(PATTERN, 0, (int) Math.min(left, PATTERN.length));
        }
    }

    private static long count(Incoming req) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long total = 0;
        for (int count = req.read(chunk); count >= 0; count = req.read(chunk)) {
            total += count;
        }
        return total;
    }
}
