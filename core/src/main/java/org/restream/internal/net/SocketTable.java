package org.restream.internal.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The state of a connection in Linux's table in /proc. It distinguishes a peer's end from a reset that was reported to
 * another thread: after an end the connection is in CLOSE_WAIT, after a reset it is not in the table.
 */
final class SocketTable {
    private static final List<Path> TABLES = List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));
    /** TCP_CLOSE_WAIT, include/net/tcp_states.h. */
    private static final String CLOSE_WAIT = "08";

    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int STATE = 3;

    private SocketTable() {}

    /** Whether the peer has ended its direction and ours is still open; false also if that can't be determined. */
    static boolean isHalfClosed(SocketChannel channel) {
        try {
            String local = ends((InetSocketAddress) channel.getLocalAddress());
            String remote = ends((InetSocketAddress) channel.getRemoteAddress());
            for (Path table : TABLES) {
                if (Files.isReadable(table) && isHalfClosed(table, local, remote)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            // closed meanwhile, or not Linux
            return false;
        }
    }

    private static boolean isHalfClosed(Path table, String local, String remote) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(table)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.trim().split(" +");
                if (fields.length > STATE
                        && fields[LOCAL].endsWith(local)
                        && fields[REMOTE].endsWith(remote)
                        && fields[STATE].equals(CLOSE_WAIT)) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * The end of an address as the table writes it, in words of four bytes in native order. IPv4 is the last word of
     * the IPv6 form.
     */
    static String ends(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        byte[] bytes = host.getAddress();
        StringBuilder text = new StringBuilder();
        boolean little = java.nio.ByteOrder.nativeOrder() == java.nio.ByteOrder.LITTLE_ENDIAN;
        for (int word = 0; word < bytes.length; word += Integer.BYTES) {
            for (int i = 0; i < Integer.BYTES; i++) {
                int at = word + (little ? Integer.BYTES - 1 - i : i);
                text.append(String.format(Locale.ROOT, "%02X", bytes[at] & 0xff));
            }
        }
        return text.append(String.format(Locale.ROOT, ":%04X", address.getPort()))
                .toString();
    }
}
