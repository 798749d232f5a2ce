package org.restream.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.restream.internal.session.wire.Hello;
import org.restream.internal.session.wire.HelloReader;
import org.restream.internal.session.wire.MemoryId;
import org.restream.internal.session.wire.Proof;
import org.restream.internal.session.wire.SessionId;
import org.restream.internal.session.wire.SessionKey;
import org.restream.testing.RawSession;

/** A server of sessions that does what no server of ours would, one connection after the other. */
final class RawSessionServer implements AutoCloseable {
    final MemoryId memory = MemoryId.random(RawSession.RANDOM);
    private final ServerSocket listening;
    private SessionId id = SessionId.random(RawSession.RANDOM);
    private SessionKey key = SessionKey.random(RawSession.RANDOM);

    RawSessionServer() throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listening.setSoTimeout(20_000);
    }

    String address() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    /** The next connection. */
    Socket accept() throws IOException {
        Socket accepted = listening.accept();
        accepted.setSoTimeout(20_000);
        return accepted;
    }

    /** The next connection's first line. */
    Hello hello(Socket from) throws Exception {
        HelloReader reader = new HelloReader();
        InputStream in = from.getInputStream();
        Hello hello = null;
        while (hello == null) {
            hello = reader.take(ByteBuffer.wrap(new byte[] {(byte) in.read()}));
        }
        if (hello instanceof Hello.New asked) {
            id = asked.session();
            key = asked.key();
        }
        return hello;
    }

    /** Accepts the session that the last connection has asked for. */
    void welcome(Socket to, long epoch, long seen) throws IOException {
        welcome(to, epoch, seen, key);
    }

    /** The same, by somebody who has another key. */
    void welcome(Socket to, long epoch, long seen, SessionKey with) throws IOException {
        say(
                to,
                new Hello.Welcome(
                        memory,
                        epoch,
                        60_000,
                        10_000,
                        32_768,
                        65_536,
                        100,
                        seen,
                        Proof.ofWelcome(with, id, memory, epoch)));
    }

    static void refuse(Socket to, String code, MemoryId from) throws IOException {
        say(to, new Hello.Refuse(code, "", from, -1, List.of(), List.of()));
        to.shutdownOutput();
    }

    private static void say(Socket to, Hello hello) throws IOException {
        to.getOutputStream().write(hello.toLine().getBytes(UTF_8));
    }

    static void frames(Socket to, Consumer<ByteBuffer> said) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(10_000);
        said.accept(out);
        to.getOutputStream().write(out.array(), 0, out.position());
    }

    static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Begins a session, takes the first frame of it, and resets the connection. */
    void beginAndReset() throws Exception {
        Socket first = accept();
        hello(first);
        welcome(first, 1, 0);
        if (first.getInputStream().read() < 0) {
            throw new AssertionError("no frame came");
        }
        reset(first);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
