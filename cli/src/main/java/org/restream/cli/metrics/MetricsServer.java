package org.restream.cli.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A small HTTP server with two pages: {@code /metrics} and {@code /health}. It has threads of its own, and not many; who is slow to ask
 * or to read is cut off.
 */
public final class MetricsServer implements AutoCloseable {
    private static final int MOST_THREADS = 16;
    private static final String SECONDS = "5";
    private static final Set<String> METHODS = Set.of("GET", "HEAD");
    private static final String TEXT = "text/plain; charset=utf-8";

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Exporter exporter;
    private final Health health;

    private MetricsServer(HttpServer server, Exporter exporter, Health health) {
        this.server = server;
        this.exporter = exporter;
        this.health = health;
        threads = new ThreadPoolExecutor(0, MOST_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, "restream-metrics");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts it.
     *
     * @throws BindException if the port is in use, or the address is not one of this machine
     */
    public static MetricsServer start(String host, int port, Exporter exporter, Health health) throws IOException {
        // read once, by the first server of a process
        System.setProperty("sun.net.httpserver.maxReqTime", SECONDS);
        System.setProperty("sun.net.httpserver.maxRspTime", SECONDS);
        System.setProperty("sun.net.httpserver.idleInterval", SECONDS);
        System.setProperty("jdk.httpserver.maxConnections", "64");
        MetricsServer made = new MetricsServer(bound(host, port), exporter, health);
        made.server.createContext("/", made::handle);
        made.server.setExecutor(made.threads);
        made.server.start();
        return made;
    }

    private static HttpServer bound(String host, int port) throws IOException {
        String where = "can't serve metrics at " + host + ", port " + port + ": ";
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), 0);
        } catch (UnknownHostException e) {
            throw new IOException("can't serve metrics at " + host + ": the name is unknown", e);
        } catch (BindException e) {
            BindException said = new BindException(where + e.getMessage());
            said.initCause(e);
            throw said;
        }
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (!METHODS.contains(exchange.getRequestMethod())) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                answer(exchange, 405, "only GET and HEAD");
            } else if (path.equals("/metrics")) {
                Exporter.Page page = exporter.page(exchange.getRequestHeaders().getFirst("Accept"));
                answer(exchange, 200, page.contentType(), page.body());
            } else if (path.equals("/health")) {
                String trouble = health.trouble();
                answer(exchange, trouble == null ? 200 : 503, trouble == null ? "ok" : trouble);
            } else {
                answer(exchange, 404, "there are /metrics and /health");
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, String line) throws IOException {
        answer(exchange, status, TEXT, (line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
