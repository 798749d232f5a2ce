package org.restream.reliability;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.testing.JavaProcess;

/**
 * A server in a process of its own that is attacked. The field "do" of a request's header asks for one of the actions
 * below.
 */
final class Victim implements AutoCloseable {
    /** The password of the key store that a test may give it. */
    static final String PASSWORD = "in a test only";

    private final JavaProcess process;
    private final InetSocketAddress address;

    private Victim(JavaProcess process) throws IOException {
        this.process = process;
        address = new InetSocketAddress("127.0.0.1", Integer.parseInt(process.line()));
    }

    /**
     * Starts the server.
     *
     * @param heap the maximum heap, such as {@code 256m}
     * @param options {@code name=value}; durations in milliseconds
     */
    static Victim start(String heap, String... options) throws IOException {
        return start(heap, List.of(), options);
    }

    static Victim start(String heap, List<String> jvmOptions, String... options) throws IOException {
        List<String> all = new ArrayList<>(jvmOptions);
        all.add("-Xmx" + heap);
        return new Victim(JavaProcess.start(all, Victim.class, (Object[]) options));
    }

    InetSocketAddress address() {
        return address;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() throws Exception {
        process.close();
    }

    private static final byte[] MUCH = new byte[256 * 1024];
    private static final AtomicInteger ACCEPTED = new AtomicInteger();
    private static final AtomicInteger REJECTED = new AtomicInteger();
    private static final AtomicInteger FAILED = new AtomicInteger();
    private static final AtomicInteger COMPLETED = new AtomicInteger();

    public static void main(String... options) throws Exception {
        RestreamServer server = Restream.createServer(options(options).listener(Victim::count), Victim::handle);
        System.out.println(server.listen(0).address().getPort());
    }

    private static ServerOptions options(String... options) throws Exception {
        ServerOptions all = ServerOptions.defaults();
        for (String option : options) {
            String value = option.substring(option.indexOf('=') + 1);
            all = switch (option.substring(0, option.indexOf('='))) {
                case "maxConnections" -> all.maxConnections(Integer.parseInt(value));
                case "maxConnectionsPerAddress" -> all.maxConnectionsPerAddress(Integer.parseInt(value));
                case "headerTimeout" -> all.headerTimeout(Duration.ofMillis(Long.parseLong(value)));
                case "idleTimeout" -> all.idleTimeout(Duration.ofMillis(Long.parseLong(value)));
                case "tls" -> all.tls(context(Path.of(value)));
                default -> throw new IllegalArgumentException(option);
            };
        }
        return all;
    }

    private static SSLContext context(Path keyStore) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static void count(ServerEvent event) {
        if (event instanceof ServerEvent.Accepted) {
            ACCEPTED.incrementAndGet();
        } else if (event instanceof ServerEvent.Rejected) {
            REJECTED.incrementAndGet();
        } else if (event instanceof ServerEvent.Failed) {
            FAILED.incrementAndGet();
        } else if (event instanceof ServerEvent.Completed) {
            COMPLETED.incrementAndGet();
        }
    }

    private static void handle(Incoming req, Outgoing res) throws Exception {
        String what = String.valueOf(req.header().getString("do"));
        switch (what) {
            case "echo" -> req.transferTo(res);
            case "tell" -> tell(res);
            case "pour" -> pour(res);
            default -> req.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Writes until the connection is lost. */
    private static void pour(Outgoing res) throws IOException {
        while (true) {
            res.write(MUCH);
        }
    }

    private static void tell(Outgoing res) throws IOException {
        Runtime runtime = Runtime.getRuntime();
        long heap = Long.MAX_VALUE;
        for (int i = 0; i < 2; i++) {
            System.gc();
            heap = Math.min(heap, runtime.totalMemory() - runtime.freeMemory());
        }
        List<String> status = new ArrayList<>(Files.readAllLines(Path.of("/proc/self/status")));
        status.removeIf(line -> !line.startsWith("VmRSS:"));
        res.header("heap", heap)
                .header("resident", 1024 * Long.parseLong(status.get(0).replaceAll("[^0-9]", "")))
                .header("accepted", ACCEPTED.get())
                .header("rejected", REJECTED.get())
                .header("failed", FAILED.get())
                .header("completed", COMPLETED.get())
                .end();
    }
}
