package org.restream.internal.proxy;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.restream.RestreamException;

/** Version 2, in binary: 16 bytes, the addresses, then further fields (TLVs), of which only the checksum is used. */
final class BinaryHeader {
    static final byte[] SIGNATURE = {0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a};

    private static final int FIXED_BYTES = 16;
    private static final int VERSION = 2;
    private static final int PROXY = 1;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;
    /** Two addresses and two ports, by the address family: unspecified, IPv4, IPv6, Unix. */
    private static final int[] ADDRESS_BYTES = {0, 12, 36, 216};

    private static final int MAX_PROTOCOL = 2;

    private BinaryHeader() {}

    static @Nullable ProxyHeader parse(ByteBuffer bytes) throws RestreamException {
        ProxyHeader.checkBegin(bytes, SIGNATURE);
        if (bytes.limit() < FIXED_BYTES) {
            return null;
        }
        int command = command(bytes.get(12));
        int family = bytes.get(13) & 0xff;
        if (command == PROXY && (family >> 4 >= ADDRESS_BYTES.length || (family & 0xf) > MAX_PROTOCOL)) {
            throw ProxyHeader.bad(String.format(Locale.ROOT, "its address family and protocol are 0x%02x", family));
        }
        int length = FIXED_BYTES + (bytes.getShort(14) & 0xffff);
        boolean named = command == PROXY && (family == TCP4 || family == TCP6);
        int addresses = family >> 4 < ADDRESS_BYTES.length ? ADDRESS_BYTES[family >> 4] : 0;
        checkLength(length, named ? FIXED_BYTES + addresses : FIXED_BYTES);
        if (bytes.limit() < length) {
            return null;
        }
        byte[] header = new byte[length];
        bytes.get(0, header);
        Checksum.check(header, FIXED_BYTES + addresses, named);
        return new ProxyHeader(length, named ? client(bytes, family == TCP4 ? 4 : 16) : null);
    }

    private static int command(byte versionAndCommand) throws RestreamException {
        int version = versionAndCommand >> 4 & 0xf;
        int command = versionAndCommand & 0xf;
        if (version != VERSION) {
            throw ProxyHeader.bad("its version is " + version + ", and its signature that of version " + VERSION);
        }
        if (command > PROXY) {
            throw ProxyHeader.bad("its command is " + command + ", neither LOCAL (0) nor PROXY (1)");
        }
        return command;
    }

    private static void checkLength(int length, int least) throws RestreamException {
        if (length < least) {
            throw ProxyHeader.bad("it has " + length + " bytes, and its addresses need " + least);
        }
        if (length > ProxyHeader.MAX_BYTES) {
            throw ProxyHeader.bad("it has " + length + " bytes, more than " + ProxyHeader.MAX_BYTES);
        }
    }

    private static InetSocketAddress client(ByteBuffer bytes, int addressBytes) {
        byte[] source = new byte[addressBytes];
        bytes.get(FIXED_BYTES, source);
        return new InetSocketAddress(Network.inet(source), bytes.getShort(FIXED_BYTES + 2 * addressBytes) & 0xffff);
    }
}
