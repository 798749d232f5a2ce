package org.restream.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.function.Consumer;
import org.restream.internal.session.wire.Flags;
import org.restream.internal.session.wire.FrameEncoder;
import org.restream.internal.session.wire.Hello;
import org.restream.internal.session.wire.HelloReader;
import org.restream.internal.session.wire.MemoryId;
import org.restream.internal.session.wire.Proof;
import org.restream.internal.session.wire.ProtocolException;
import org.restream.internal.session.wire.SessionId;
import org.restream.internal.session.wire.SessionKey;

/** A client of sessions that says what no client of ours would, byte by byte. */
public final class RawSession implements AutoCloseable {
    private long limit;
    public static final SecureRandom RANDOM = new SecureRandom();

    public SessionId id = SessionId.random(RANDOM);
    public SessionKey key = SessionKey.random(RANDOM);
    public MemoryId memory = MemoryId.random(RANDOM);

    private long sent;

    private final Socket socket;
    private final DataInputStream in;

    public RawSession(InetSocketAddress server) throws IOException {
        socket = new Socket(server.getAddress(), server.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        in = new DataInputStream(socket.getInputStream());
    }

    /** One whose session has begun. */
    public static RawSession begun(InetSocketAddress server) throws Exception {
        RawSession raw = new RawSession(server);
        Hello.Welcome welcome = (Hello.Welcome) raw.ask(raw.hello());
        raw.memory = welcome.memory();
        return raw;
    }

    /** Another connection, which knows what that session's client knows. */
    public static RawSession again(InetSocketAddress server, RawSession of) throws IOException {
        RawSession raw = new RawSession(server);
        raw.id = of.id;
        raw.key = of.key;
        raw.memory = of.memory;
        return raw;
    }

    /** Of this side. */
    public int port() {
        return socket.getLocalPort();
    }

    public Hello hello() {
        return new Hello.New(id, key, 1, 60_000, 10_000, 32_768, 65_536);
    }

    public Hello resume(long epoch) {
        return new Hello.Resume(id, memory, epoch, Proof.ofResume(key, id, memory, epoch), 0);
    }

    public Hello ask(Hello hello) throws Exception {
        say(hello.toLine().getBytes(UTF_8));
        return answer();
    }

    public Hello answer() throws IOException, ProtocolException {
        HelloReader reader = new HelloReader();
        while (true) {
            Hello hello = reader.take(ByteBuffer.wrap(new byte[] {in.readByte()}));
            if (hello != null) {
                return hello;
            }
        }
    }

    /** The code of the refusal that it is answered. */
    public String refused(Hello hello) throws Exception {
        return ((Hello.Refuse) ask(hello)).code();
    }

    public RawSession say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    public RawSession frames(Consumer<ByteBuffer> said) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(200_000);
        said.accept(out);
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return say(bytes);
    }

    /** How many calls before this one: an offset for one byte each. */
    public long sent() {
        return sent++;
    }

    /** A whole request in one frame. */
    public static void request(ByteBuffer out, long exchange, String message) {
        data(out, exchange, Flags.OPEN | Flags.END, 0, message);
    }

    public static void data(ByteBuffer out, long exchange, int flags, long offset, String data) {
        byte[] bytes = data.getBytes(UTF_8);
        FrameEncoder.dataHead(out, exchange, flags, offset, 0, bytes.length);
        out.put(bytes);
    }

    /** Up to where the server lets a message go, as its last A has said. */
    public long limit() {
        return limit;
    }

    /** The next frame: its type, flags, exchange and, without a checksum, payload as text; "end" or "reset" in place of one. */
    public String frame() throws IOException {
        try {
            byte type = in.readByte();
            int flags = in.readByte();
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            long exchange = 0;
            for (int i = 0; i < 7; i++) {
                exchange = exchange << 8 | in.readUnsignedByte();
            }
            byte[] payload = new byte[length];
            in.readFully(payload);
            int code = length >= 4 ? ByteBuffer.wrap(payload).getInt() : -1;
            if (type == 'A') {
                limit = ByteBuffer.wrap(payload).getLong(16);
            }
            return switch ((char) type) {
                case 'B' -> "B " + code + " " + new String(payload, 4, length - 4, UTF_8);
                case 'X' -> "X " + flags + " " + exchange + " " + code;
                case 'D' ->
                    "D " + flags + " " + exchange + " "
                            + new String(payload, 8, length - 8 - (flags & Flags.CRC), UTF_8);
                default -> (char) type + " " + flags + " " + exchange;
            };
        } catch (EOFException e) {
            return "end";
        } catch (SocketException e) {
            return "reset";
        }
    }

    /** The whole next message. */
    public String message() throws IOException {
        StringBuilder message = new StringBuilder();
        String next;
        do {
            next = frame("D");
            String[] parts = next.split(" ", 4);
            message.append(parts.length == 4 ? parts[3] : next);
        } while (next.startsWith("D ") && (next.charAt(2) - '0' & Flags.END) == 0);
        return message.toString();
    }

    /** The next one that begins so; others are passed over, but not the end. */
    public String frame(String begins) throws IOException {
        while (true) {
            String next = frame();
            if (next.startsWith(begins) || next.equals("end") || next.equals("reset")) {
                return next;
            }
        }
    }

    /** What may fail, as the connection may be closed. */
    public interface Work {
        void run() throws IOException;
    }

    public void ignoringErrors(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            // closed
            return;
        }
    }

    public RawSession end() throws IOException {
        socket.shutdownOutput();
        return this;
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
