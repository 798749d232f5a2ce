package org.restream.reliability.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.restream.ClientOptions;
import org.restream.Outgoing;
import org.restream.Restream;
import org.restream.ServerOptions;
import org.restream.testing.Pattern;

/**
 * A process that sends one message with the library, and then waits for its death. It starts ahead, and reads its order from
 * stdin: the port to connect to, or 0 to listen; how many bytes; "end" or "no-end"; a key store for TLS, or "-".
 */
final class Sender {
    static final int SEED = 9_967;

    private Sender() {}

    public static void main(String[] arguments) throws Exception {
        String[] order = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))
                .readLine()
                .split(" ");
        int port = Integer.parseInt(order[0]);
        long length = Long.parseLong(order[1]);
        boolean end = order[2].equals("end");
        SSLContext tls = order[3].equals("-") ? null : TlsFiles.context(Path.of(order[3]));
        if (port == 0) {
            ServerOptions options = ServerOptions.defaults();
            System.out.println(Restream.createServer(tls(options, tls), (req, res) -> {
                        req.header();
                        send(res, length, end);
                        if (end) {
                            req.readAllBytes();
                        }
                        Thread.currentThread().join();
                    })
                    .listen(0)
                    .address()
                    .getPort());
        } else {
            ClientOptions options = ClientOptions.defaults().servers("127.0.0.1:" + port);
            Restream.createClient(tls == null ? options : options.tls(tls), (req, res) -> {
                send(req, length, end);
                if (end) {
                    res.readAllBytes();
                }
                Thread.currentThread().join();
            });
        }
    }

    private static ServerOptions tls(ServerOptions options, @Nullable SSLContext tls) {
        return tls == null ? options : options.tls(tls);
    }

    private static void send(Outgoing out, long length, boolean end) throws IOException {
        Pattern pattern = new Pattern(SEED);
        for (long left = length; left > 0; left = length - pattern.position()) {
            out.write(pattern.next((int) Math.min(left, 65_536)));
        }
        if (end) {
            out.end();
        } else {
            out.flush();
        }
        System.out.println("sent");
    }
}
