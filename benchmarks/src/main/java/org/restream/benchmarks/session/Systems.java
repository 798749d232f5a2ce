package org.restream.benchmarks.session;

import java.nio.file.Path;
import org.restream.benchmarks.session.grpc.GrpcCaller;
import org.restream.benchmarks.session.grpc.GrpcServer;
import org.restream.benchmarks.session.http2.Http2Caller;
import org.restream.benchmarks.session.http2.Http2Server;
import org.restream.benchmarks.session.restream.PlainCaller;
import org.restream.benchmarks.session.restream.SessionCaller;
import org.restream.benchmarks.session.restream.SessionServer;
import org.restream.benchmarks.session.rsocket.RSocketCaller;
import org.restream.benchmarks.session.rsocket.RSocketServers;
import org.restream.benchmarks.session.threads.ThreadsCaller;
import org.restream.benchmarks.session.threads.ThreadsServer;

/** The systems in Java, by the names that the processes get. */
final class Systems {
    private Systems() {}

    /** Makes a client. */
    interface Connect {
        Caller caller() throws Exception;
    }

    /** A client that is connected, or will be. */
    static Caller caller(String system, String host, int port) throws Exception {
        return switch (system) {
            case "session" -> new SessionCaller(host, port);
            case "plain" -> new PlainCaller(host, port);
            case "threads" -> new ThreadsCaller(host, port);
            case "rsocket" -> new RSocketCaller(host, port);
            case "grpc" -> new GrpcCaller(host, port);
            case "http2" -> new Http2Caller(host, port);
            default -> throw new IllegalArgumentException(system);
        };
    }

    /** Starts a server, and returns its port. */
    static int serve(String system, String host, Path file) throws Exception {
        return switch (system) {
            case "session", "plain" -> SessionServer.listen(host, file);
            case "threads" -> ThreadsServer.listen(host);
            case "rsocket" -> RSocketServers.listen(host, file);
            case "grpc" -> GrpcServer.listen(host, file);
            case "http2" -> Http2Server.listen(host, file);
            default -> throw new IllegalArgumentException(system);
        };
    }
}
