package org.restream.benchmarks.server;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.restream.benchmarks.peer.Bodies;
import org.restream.benchmarks.peer.Task;

/** HTTP/1.1 by Jetty with a blocking handler, as people would use it. It has a path for each task, at one port. */
public final class JettyServer {
    private static final int CHUNK = 65_536;

    private JettyServer() {}

    public static void main(String... args) throws Exception {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(false);
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        connector.setAcceptQueueSize(4_096);
        server.addConnector(connector);
        server.setHandler(new Tasks(Long.parseLong(args[0]), Path.of(args[1])));
        server.start();
        int port = connector.getLocalPort();
        Map<Task, Integer> ports = new TreeMap<>();
        for (Task task : new Task[] {Task.EXCHANGE, Task.UP, Task.DOWN, Task.FILE}) {
            ports.put(task, port);
        }
        Ready.serve(ports);
    }

    private static final class Tasks extends Handler.Abstract {
        private final long bytes;
        private final Path file;
        private final byte[] pattern = Bodies.pattern();

        Tasks(long bytes, Path file) {
            this.bytes = bytes;
            this.file = file;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            switch (Request.getPathInContext(request)) {
                case "/exchange" -> {
                    try (InputStream in = Content.Source.asInputStream(request)) {
                        answer(response, in.readAllBytes(), callback);
                    }
                }
                case "/up" -> answer(response, count(request).getBytes(StandardCharsets.US_ASCII), callback);
                case "/down" -> down(response, callback);
                case "/file" -> file(response, callback);
                default -> {
                    return false;
                }
            }
            return true;
        }

        private static void answer(Response response, byte[] body, Callback callback) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
            response.write(true, ByteBuffer.wrap(body), callback);
        }

        private static String count(Request request) throws Exception {
            long total = 0;
            byte[] chunk = new byte[CHUNK];
            try (InputStream in = Content.Source.asInputStream(request)) {
                for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                    total += count;
                }
            }
            return Long.toString(total);
        }

        private void down(Response response, Callback callback) throws Exception {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes);
            try (OutputStream out = Content.Sink.asOutputStream(response)) {
                for (long left = bytes; left > 0; left -= CHUNK) {
                    out.write(pattern, 0, (int) Math.min(left, CHUNK));
                }
            }
            callback.succeeded();
        }

        /** Copies the file through memory, because Jetty has no sendfile. */
        private void file(Response response, Callback callback) throws Exception {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, Files.size(file));
            try (OutputStream out = Content.Sink.asOutputStream(response);
                    InputStream in = Files.newInputStream(file)) {
                byte[] chunk = new byte[CHUNK];
                for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                    out.write(chunk, 0, count);
                }
            }
            callback.succeeded();
        }
    }
}
