package org.restream.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HexFormat;

/** Headers of the PROXY protocol, and connections that begin with one. */
public final class ProxyLine {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    /** Version 2, from 203.0.113.7, port 50072. */
    public static final byte[] TCP4 = hex("2111000c" + "cb007107" + "0a000001" + "c39826ef");
    /** Version 2: the proxy has connected by itself. */
    public static final byte[] LOCAL = hex("20000000");

    private ProxyLine() {}

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(SIGNATURE + digits);
    }

    /** Version 1, from that address, port 50072. */
    public static byte[] tcp(String address) {
        String kind = address.contains(":") ? "TCP6 " : "TCP4 ";
        return ascii("PROXY " + kind + address + (address.contains(":") ? " ::1" : " 10.0.0.1") + " 50072 9967\r\n");
    }

    /** Version 1, from somebody whom the proxy does not know. */
    public static byte[] unknown() {
        return ascii("PROXY UNKNOWN\r\n");
    }

    public static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Connects from another address of this machine. */
    public static Socket from(String address, InetSocketAddress server) throws IOException {
        Socket socket =
                new Socket(InetAddress.getByName("127.0.0.1"), server.getPort(), InetAddress.getByName(address), 0);
        socket.setSoTimeout(30_000);
        return socket;
    }
}
