package org.restream.reliability.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.RestreamSession;
import org.restream.ServerOptions;
import org.restream.SessionLimits;

/** Processes on two hosts: a server and a client with a session. */
final class NetworkPeers {
    static final int EXCHANGES = 2;

    private NetworkPeers() {}

    /** Prints its port, and what each handler saw. Argument: how many bytes each way. */
    static final class Server {
        public static void main(String[] arguments) throws IOException {
            Transfers transfers = new Transfers(Long.parseLong(arguments[0]), 1);
            ServerOptions options = ServerOptions.defaults()
                    .host("0.0.0.0")
                    .port(0)
                    .sessions(SessionLimits.defaults())
                    .listener(event -> {});
            RestreamServer server = Restream.createServer(options, (req, res) -> {
                        long id = req.header().getLong("id");
                        transfers.answer(req, res);
                        print(
                                transfers,
                                id,
                                transfers.seen().get(id).received() + " "
                                        + transfers.seen().get(id).sent());
                    })
                    .listen();
            System.out.println(server.address().getPort());
        }
    }

    /** Prints "middle", what each handler saw, and how often it was away. Arguments: server, how many bytes each way. */
    static final class Client {
        public static void main(String[] arguments) throws Exception {
            List<ClientEvent> away = new ArrayList<>();
            Transfers transfers = new Transfers(Long.parseLong(arguments[1]), 2, () -> System.out.println("middle"));
            try (RestreamSession session = Restream.createSession(
                    ClientOptions.defaults().servers(arguments[0]).listener(event -> {
                        if (event instanceof ClientEvent.Away) {
                            away.add(event);
                        }
                    }))) {
                List<CompletableFuture<Void>> all = new ArrayList<>();
                for (long id = 1; id <= EXCHANGES; id++) {
                    long each = id;
                    all.add(session.exchangeAsync((req, res) -> {
                        transfers.ask(each, req, res);
                        return null;
                    }));
                }
                CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
            }
            for (long id = 1; id <= EXCHANGES; id++) {
                print(
                        transfers,
                        id,
                        transfers.seen().get(id).sent() + " "
                                + transfers.seen().get(id).received());
            }
            System.out.println(away.size());
            System.exit(0);
        }
    }

    private static synchronized void print(Transfers transfers, long id, String digests) {
        System.out.println(id + " called " + transfers.calls().get(id) + " " + digests);
    }
}
