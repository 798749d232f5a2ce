package org.restream.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KeyAgreement;

/**
 * A hand-written TLS 1.3 client, to send what no library would (RFC 8446): only X25519 and AES-128-GCM. It checks no
 * certificate, and shows none.
 */
public final class RawTls implements AutoCloseable {
    /** How the peer has ended. */
    public enum End {
        /** The alert close_notify, which is the clean end. */
        CLOSE_NOTIFY,
        /** Another alert. */
        ALERT,
        /** The end of the TCP connection, or a reset, without any alert. */
        CUT
    }

    public static final int CLOSE_NOTIFY = 0;
    public static final int USER_CANCELED = 90;

    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int DATA = 23;
    private static final int SERVER_HELLO = 2;
    private static final int FINISHED = 20;
    private static final int KEY_SHARE = 51;
    private static final byte WARNING = 1;
    private static final byte FATAL = 2;
    /** The encoding before the 32 bytes of an X25519 key. */
    private static final byte[] X25519 = HexFormat.of().parseHex("302a300506032b656e032100");

    private record Record(int type, byte[] bytes) {}

    private final DataInputStream in;
    private final OutputStream out;
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private TrafficKey sending;
    private TrafficKey receiving;
    private long received;

    /** Connects a socket, and completes the handshake. */
    public static RawTls connect(InetSocketAddress server) throws IOException, GeneralSecurityException {
        Socket socket = new Socket(server.getAddress(), server.getPort());
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true);
        return new RawTls(socket.getInputStream(), socket.getOutputStream());
    }

    /** Uses one end of a connection in memory, and completes the handshake. */
    public static RawTls over(PipeLink link) throws IOException, GeneralSecurityException {
        return new RawTls(new LinkInput(link), new LinkOutput(link));
    }

    private RawTls(InputStream in, OutputStream out) throws IOException, GeneralSecurityException {
        this.in = new DataInputStream(in);
        this.out = out;
        KeyPair keys = KeyPairGenerator.getInstance("X25519").generateKeyPair();
        byte[] encoded = keys.getPublic().getEncoded();
        byte[] hello = clientHello(Arrays.copyOfRange(encoded, X25519.length, encoded.length));
        messages.writeBytes(hello);
        writeRecord(HANDSHAKE, hello);
        byte[] serverHello = readRecord().bytes;
        messages.writeBytes(serverHello);
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(keys.getPrivate());
        byte[] theirs = concat(X25519, keyShare(ByteBuffer.wrap(serverHello)));
        agreement.doPhase(KeyFactory.getInstance("X25519").generatePublic(new X509EncodedKeySpec(theirs)), true);
        finish(agreement.generateSecret());
    }

    /** Derives the secrets (section 7.1). */
    private void finish(byte[] shared) throws IOException, GeneralSecurityException {
        byte[] zeros = new byte[32];
        byte[] early = TrafficKey.extract(zeros, zeros);
        byte[] handshake = TrafficKey.extract(TrafficKey.derive(early, "derived", new byte[0]), shared);
        byte[] ours = TrafficKey.derive(handshake, "c hs traffic", messages.toByteArray());
        receiving = new TrafficKey(TrafficKey.derive(handshake, "s hs traffic", messages.toByteArray()));
        while (!endsWithFinished()) {
            messages.writeBytes(readRecord().bytes);
        }
        byte[] all = messages.toByteArray();
        byte[] master = TrafficKey.extract(TrafficKey.derive(handshake, "derived", new byte[0]), zeros);
        sending = new TrafficKey(ours);
        byte[] proof = TrafficKey.extract(
                TrafficKey.expand(ours, "finished", new byte[0], zeros.length), TrafficKey.hash(all));
        writeRecord(HANDSHAKE, concat(new byte[] {FINISHED, 0, 0, (byte) proof.length}, proof));
        sending = new TrafficKey(TrafficKey.derive(master, "c ap traffic", all));
        receiving = new TrafficKey(TrafficKey.derive(master, "s ap traffic", all));
    }

    private boolean endsWithFinished() {
        ByteBuffer all = ByteBuffer.wrap(messages.toByteArray());
        int type = 0;
        while (all.remaining() >= 4) {
            int length = all.getInt(all.position()) & 0xffffff;
            type = all.get(all.position());
            if (all.remaining() < 4 + length) {
                return false;
            }
            all.position(all.position() + 4 + length);
        }
        return type == FINISHED && !all.hasRemaining();
    }

    /** Section 4.1.2. */
    private static byte[] clientHello(byte[] key) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        byte[] extensions = concat(
                // supported_versions: 1.3; supported_groups: x25519; signature_algorithms: ECDSA and RSA-PSS with
                // SHA-256
                HexFormat.of().parseHex("002b0003020304" + "000a00040002001d" + "000d0006000404030804"),
                // key_share
                HexFormat.of().parseHex("003300260024001d0020"),
                key);
        byte[] body = concat(
                new byte[] {3, 3},
                random,
                // no session; TLS_AES_128_GCM_SHA256; no compression
                new byte[] {0, 0, 2, 0x13, 1, 1, 0, 0, (byte) extensions.length},
                extensions);
        return concat(new byte[] {1, 0, 0, (byte) body.length}, body);
    }

    private static byte[] keyShare(ByteBuffer hello) throws IOException {
        if (hello.get(0) != SERVER_HELLO) {
            throw new IOException("no ServerHello, but a message of type " + hello.get(0));
        }
        hello.position(4 + 2 + 32);
        hello.position(hello.position() + 1 + hello.get(hello.position()) + 2 + 1 + 2);
        while (hello.hasRemaining()) {
            int type = hello.getShort();
            byte[] value = new byte[hello.getShort()];
            hello.get(value);
            if (type == KEY_SHARE) {
                return Arrays.copyOfRange(value, 4, value.length);
            }
        }
        throw new IOException("the ServerHello has no key");
    }

    public RawTls say(String text) throws IOException, GeneralSecurityException {
        writeRecord(DATA, text.getBytes(UTF_8));
        return this;
    }

    public RawTls alert(int description) throws IOException, GeneralSecurityException {
        writeRecord(ALERT, new byte[] {WARNING, (byte) description});
        return this;
    }

    /** Sends an alert that ends both directions. */
    public RawTls fatalAlert(int description) throws IOException, GeneralSecurityException {
        writeRecord(ALERT, new byte[] {FATAL, (byte) description});
        return this;
    }

    /** Reads the next record; returns null if it was data, or how the peer has ended. */
    public End hear() throws GeneralSecurityException {
        try {
            Record next = readRecord();
            if (next.type == ALERT) {
                return next.bytes[1] == CLOSE_NOTIFY ? End.CLOSE_NOTIFY : End.ALERT;
            }
            received += next.type == DATA ? next.bytes.length : 0;
            return null;
        } catch (IOException e) {
            return End.CUT;
        }
    }

    /** The number of bytes of data received. */
    public long received() {
        return received;
    }

    private void writeRecord(int type, byte[] bytes) throws IOException, GeneralSecurityException {
        if (sending == null) {
            out.write(concat(recordHeader(type, bytes.length), bytes));
            return;
        }
        byte[] plain = concat(bytes, new byte[] {(byte) type});
        byte[] header = recordHeader(DATA, plain.length + 16);
        out.write(concat(header, sending.seal(header, plain)));
    }

    private Record readRecord() throws IOException, GeneralSecurityException {
        byte[] header = new byte[5];
        in.readFully(header);
        byte[] bytes = new byte[ByteBuffer.wrap(header).getShort(3) & 0xffff];
        in.readFully(bytes);
        if (receiving == null || header[0] != DATA) {
            return new Record(header[0], bytes);
        }
        byte[] plain = receiving.open(header, bytes);
        int last = plain.length - 1;
        while (plain[last] == 0) {
            last--;
        }
        return new Record(plain[last], Arrays.copyOf(plain, last));
    }

    private static byte[] recordHeader(int type, int length) {
        return new byte[] {(byte) type, 3, 3, (byte) (length >> 8), (byte) length};
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private static final class LinkInput extends InputStream {
        private final PipeLink link;

        LinkInput(PipeLink link) {
            this.link = link;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return link.read(ByteBuffer.wrap(bytes, offset, length));
        }
    }

    private static final class LinkOutput extends OutputStream {
        private final PipeLink link;

        LinkOutput(PipeLink link) {
            this.link = link;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer from = ByteBuffer.wrap(bytes, offset, length);
            while (from.hasRemaining()) {
                link.write(from);
            }
        }

        @Override
        public void close() {
            link.abort();
        }
    }
}
