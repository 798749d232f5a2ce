package org.restream.internal.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.restream.internal.text.Printable;

/** The addresses whose first bits are the same: an IP address, or a network in CIDR notation (RFC 4632). */
public final class Network {
    private final byte[] base;
    private final int bits;

    private Network(byte[] base, int bits) {
        this.base = base;
        this.bits = bits;
    }

    /** {@return the networks that these texts name} */
    public static List<Network> parse(List<String> texts) {
        return texts.stream().map(Network::parse).toList();
    }

    /**
     * Parses {@code 10.0.0.7}, {@code 10.0.0.0/8}, {@code ::1} or {@code fd00::/8}.
     *
     * @throws IllegalArgumentException if it has none of these forms; the message names the text and the rule
     */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        byte[] written = address.indexOf(':') < 0 ? IpText.v4(address) : IpText.v6(address);
        if (written == null) {
            throw bad(text, "names are not looked up");
        }
        int most = written.length * Byte.SIZE;
        int bits = slash < 0 ? most : IpText.number(text.substring(slash + 1), most);
        // an IPv4 address in IPv6 form is that IPv4 address
        byte[] base = inet(written).getAddress();
        int least = most - base.length * Byte.SIZE;
        if (bits < least) {
            throw bad(text, "after the slash comes a number of bits, " + least + " to " + most);
        }
        bits -= least;
        byte[] masked = masked(base, bits);
        if (!Arrays.equals(masked, base)) {
            throw bad(text, "the network is " + inet(masked).getHostAddress() + "/" + bits);
        }
        return new Network(base, bits);
    }

    private static IllegalArgumentException bad(String text, String why) {
        return new IllegalArgumentException(
                "\"" + Printable.of(text) + "\" is none (10.0.0.7, 10.0.0.0/8, ::1 or fd00::/8): " + why);
    }

    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == base.length && Arrays.equals(masked(bytes, bits), base);
    }

    private static byte[] masked(byte[] address, int bits) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.max(0, Math.min(Byte.SIZE, bits - i * Byte.SIZE));
            masked[i] = (byte) (masked[i] & (0xff00 >> kept));
        }
        return masked;
    }

    static InetAddress inet(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + address.length, e);
        }
    }
}
