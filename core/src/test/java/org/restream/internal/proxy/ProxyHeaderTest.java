package org.restream.internal.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.restream.RestreamException;

/** Headers by HAProxy's specification, good and bad, each also cut at every byte. */
class ProxyHeaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static final String TCP4 = SIGNATURE + "2111000c" + "cb007107" + "0a000001" + "c39826ef";
    /** What a client may send at once after it. */
    private static final byte[] NEXT = "{\"a\":1}\n\n".getBytes(ISO_8859_1);

    private static byte[] text(String line) {
        return line.getBytes(ISO_8859_1);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    /** Header, and the client that it names. */
    static Stream<Arguments> good() {
        String v6 = "20010db8000000000000000000000007";
        return Stream.of(
                arguments(text("PROXY TCP4 203.0.113.7 10.0.0.1 50072 9967\r\n"), "203.0.113.7:50072"),
                arguments(text("PROXY TCP4 255.255.255.255 0.0.0.0 65535 0\r\n"), "255.255.255.255:65535"),
                arguments(text("PROXY TCP6 2001:db8::7 ::1 0 65535\r\n"), "[2001:db8:0:0:0:0:0:7]:0"),
                arguments(
                        text("PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:FFFF:ffff:ffff:ffff:ffff:ffff:"
                                + "ffff 65535 65535\r\n"),
                        "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535"),
                arguments(text("PROXY TCP6 ::ffff:203.0.113.7 :: 5 6\r\n"), "203.0.113.7:5"),
                arguments(text("PROXY UNKNOWN\r\n"), null),
                arguments(text("PROXY UNKNOWN ffff:f...f:ffff whatever \0\r\n"), null),
                arguments(text("PROXY UNKNOWN " + "x".repeat(91) + "\r\n"), null),
                arguments(hex(TCP4), "203.0.113.7:50072"),
                arguments(hex(SIGNATURE + "21210024" + v6 + v6 + "0050ffff"), "[2001:db8:0:0:0:0:0:7]:80"),
                // an IPv4 address in IPv6 form
                arguments(
                        hex(SIGNATURE + "21210024" + "00000000000000000000ffffcb007107" + v6 + "00050006"),
                        "203.0.113.7:5"),
                // further fields: of no meaning here; a no-op; an empty one of an unknown type
                arguments(
                        hex(SIGNATURE + "2111001b" + "cb007107 0a000001 c398 26ef" + "0200066261636b7570" + "040000"
                                + "ee0000"),
                        "203.0.113.7:50072"),
                // LOCAL: nothing else counts
                arguments(hex(SIGNATURE + "20000000"), null),
                arguments(hex(SIGNATURE + "2011000c" + "cb007107 0a000001 c398 26ef"), null),
                arguments(hex(SIGNATURE + "20ff0003ffffff"), null),
                // unspecified; UDP over IPv4; a Unix socket; IPv4 without a protocol
                arguments(hex(SIGNATURE + "21000000"), null),
                arguments(hex(SIGNATURE + "210000050102030405"), null),
                arguments(hex(SIGNATURE + "2112000c" + "cb007107 0a000001 c398 26ef"), null),
                arguments(hex(SIGNATURE + "213100d8" + "2f".repeat(216)), null),
                arguments(hex(SIGNATURE + "2110000c" + "00".repeat(12)), null),
                // the longest
                arguments(
                        hex(SIGNATURE + "21110ff0" + "cb007107 0a000001 c398 26ef" + "040fe1" + "00".repeat(4065)),
                        "203.0.113.7:50072"));
    }

    @ParameterizedTest
    @MethodSource("good")
    void a_good_one_is_known_with_its_last_byte_and_nothing_that_follows_is_taken(byte[] header, String client)
            throws Exception {
        for (int length = 0; length < header.length; length++) {
            assertThat(ProxyHeader.parse(ByteBuffer.wrap(header, 0, length)))
                    .as("%d bytes", length)
                    .isNull();
        }
        for (byte[] rest : new byte[][] {{}, NEXT, text("PROXY "), header}) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(header);
            all.writeBytes(rest);
            ByteBuffer in = ByteBuffer.wrap(all.toByteArray());
            ProxyHeader parsed = ProxyHeader.parse(in);
            assertThat(parsed.length()).isEqualTo(header.length);
            assertThat(parsed.client() == null ? null : name(parsed.client())).isEqualTo(client);
            assertThat(in.position()).isZero();
        }
    }

    private static String name(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Header, what the error says, and after how many bytes at the latest it is found. */
    static Stream<Arguments> bad() {
        String tooFew = "it has 27 bytes, and its addresses need 28";
        return Stream.of(
                arguments(NEXT, "byte 0x7b '{' at offset 0", 1),
                arguments(hex("1603010200"), "byte 0x16 at offset 0", 1),
                arguments(text("GET / HTTP/1.1\r\n"), "byte 0x47 'G' at offset 0", 1),
                arguments(text("proxy TCP4 1.2.3.4 1.2.3.4 1 1\r\n"), "byte 0x70 'p' at offset 0", 1),
                arguments(text("PROXY2 TCP4"), "byte 0x32 '2' at offset 5", 6),
                arguments(text("\r\n\r\n\r\n"), "byte 0x0d at offset 4", 5),
                arguments(hex("0d0a0d0a000d0a515549540d21"), "byte 0x0d at offset 11", 12),
                arguments(text("PROXY TCP4 1.2.3.4 1.2.3.4 1 1\n"), "LF, not with CR LF", 31),
                arguments(text("PROXY \n"), "LF, not with CR LF", 7),
                arguments(text("PROXY UNKNOWN\n"), "LF, not with CR LF", 14),
                arguments(text("PROXY UNKNOWN " + "x".repeat(92) + "\r\n"), "more than 107 bytes", 107),
                arguments(text("PROXY " + "x".repeat(200)), "more than 107 bytes", 107),
                arguments(text("PROXY \r\n"), "after PROXY comes", 8),
                arguments(text("PROXY UNKNOWNS\r\n"), "after PROXY comes", 16),
                arguments(text("PROXY  TCP4 1.2.3.4 1.2.3.4 1 1\r\n"), "after PROXY comes", 33),
                arguments(text("PROXY UDP4 1.2.3.4 1.2.3.4 1 1\r\n"), "after PROXY comes", 32),
                arguments(text("PROXY TCP4\r\n"), "after PROXY comes", 12),
                arguments(text("PROXY TCP4 1.2.3.4 1.2.3.4 1\r\n"), "after PROXY comes", 30),
                arguments(text("PROXY TCP4 1.2.3.4 1.2.3.4 1 1 \r\n"), "after PROXY comes", 33),
                arguments(text("PROXY TCP4 1.2.3.4  1.2.3.4 1 1\r\n"), "after PROXY comes", 33),
                arguments(text("PROXY TCP4 1.2.3 1.2.3.4 1 1\r\n"), "\"1.2.3\" is not an IPv4 address", 30),
                arguments(text("PROXY TCP4 1.2.3.4.5 1.2.3.4 1 1\r\n"), "\"1.2.3.4.5\" is not an IPv4", 34),
                arguments(text("PROXY TCP4 256.2.3.4 1.2.3.4 1 1\r\n"), "\"256.2.3.4\" is not an IPv4", 34),
                arguments(text("PROXY TCP4 01.2.3.4 1.2.3.4 1 1\r\n"), "\"01.2.3.4\" is not an IPv4", 33),
                arguments(text("PROXY TCP4 localhost 1.2.3.4 1 1\r\n"), "\"localhost\" is not an IPv4", 34),
                arguments(text("PROXY TCP4 ::1 ::1 1 1\r\n"), "\"::1\" is not an IPv4", 24),
                arguments(text("PROXY TCP4 1.2.3.4 a 1 1\r\n"), "\"a\" is not an IPv4", 26),
                arguments(text("PROXY TCP4 1.2.3.4\u001b 1.2.3.4 1 1\r\n"), "1.2.3.4\\u001b", 33),
                arguments(text("PROXY TCP6 1.2.3.4 ::1 1 1\r\n"), "\"1.2.3.4\" is not an IPv6", 28),
                arguments(text("PROXY TCP6 ::1%lo ::1 1 1\r\n"), "\"::1%lo\" is not an IPv6", 27),
                arguments(text("PROXY TCP6 [::1] ::1 1 1\r\n"), "\"[::1]\" is not an IPv6", 26),
                arguments(text("PROXY TCP6 1::2::3 ::1 1 1\r\n"), "\"1::2::3\" is not an IPv6", 28),
                arguments(text("PROXY TCP6 ::12345 ::1 1 1\r\n"), "\"::12345\" is not an IPv6", 28),
                arguments(text("PROXY TCP4 1.2.3.4 1.2.3.4 65536 1\r\n"), "\"65536\" is not a port", 36),
                arguments(text("PROXY TCP4 1.2.3.4 1.2.3.4 1 99999\r\n"), "\"99999\" is not a port", 36),
                arguments(text("PROXY TCP4 1.2.3.4 1.2.3.4 01 1\r\n"), "\"01\" is not a port", 33),
                arguments(text("PROXY TCP4 1.2.3.4 1.2.3.4 -1 1\r\n"), "\"-1\" is not a port", 33),
                arguments(text("PROXY TCP4 1.2.3.4 1.2.3.4  1\r\n"), "\"\" is not a port", 31),
                arguments(hex(SIGNATURE + "11110000"), "its version is 1", 16),
                arguments(hex(SIGNATURE + "f1110000"), "its version is 15", 16),
                arguments(hex(SIGNATURE + "2211000c"), "its command is 2", 16),
                arguments(hex(SIGNATURE + "2f11000c"), "its command is 15", 16),
                arguments(hex(SIGNATURE + "2141000c"), "its address family and protocol are 0x41", 16),
                arguments(hex(SIGNATURE + "2113000c"), "its address family and protocol are 0x13", 16),
                arguments(hex(SIGNATURE + "2111000b"), tooFew, 16),
                arguments(hex(SIGNATURE + "21110000"), "it has 16 bytes, and its addresses need 28", 16),
                arguments(hex(SIGNATURE + "21210023"), "it has 51 bytes, and its addresses need 52", 16),
                arguments(hex(SIGNATURE + "21110ff1"), "it has 4097 bytes, more than 4096", 16),
                arguments(hex(SIGNATURE + "2000ffff"), "it has 65551 bytes, more than 4096", 16),
                // fields that don't fit: without a length, and longer than what is left
                arguments(
                        hex(SIGNATURE + "2111000e" + "cb0071070a000001c39826ef" + "0400"),
                        "the field at offset 28",
                        30),
                arguments(
                        hex(SIGNATURE + "21110010" + "cb0071070a000001c39826ef" + "04000201"),
                        "the field at offset 28",
                        32),
                arguments(
                        hex(SIGNATURE + "21110012" + "cb0071070a000001c39826ef" + "040000 04ffff"),
                        "the field at offset 31",
                        34));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void a_bad_one_is_found_at_once_wherever_it_is_cut(byte[] header, String why, int length) throws Exception {
        for (int i = 0; i < length; i++) {
            assertThat(ProxyHeader.parse(ByteBuffer.wrap(header, 0, i)))
                    .as("%d bytes", i)
                    .isNull();
        }
        for (int i = length; i <= header.length; i++) {
            ByteBuffer in = ByteBuffer.wrap(header, 0, i);
            assertThatThrownBy(() -> ProxyHeader.parse(in))
                    .isInstanceOf(RestreamException.class)
                    .hasMessageContaining(why)
                    .hasMessageContaining("PROXY header");
        }
    }

    /** The checksum of iSCSI's and SCTP's polynomial; computed here bit by bit, as RFC 4960 defines it. */
    private static int crc32c(byte[] bytes) {
        int sum = -1;
        for (byte next : bytes) {
            sum ^= next & 0xff;
            for (int i = 0; i < 8; i++) {
                sum = (sum >>> 1) ^ ((sum & 1) * 0x82f63b78);
            }
        }
        return ~sum;
    }

    private static byte[] withSum(String head, String tail, int error) {
        byte[] zeroed = hex(head + "030004" + "00000000" + tail);
        ByteBuffer.wrap(zeroed).putInt(hex(head).length + 3, crc32c(zeroed) + error);
        return zeroed;
    }

    @Test
    void a_checksum_is_compared() throws Exception {
        assertThat(crc32c(text("123456789"))).isEqualTo(0xe3069283);
        String head = SIGNATURE + "21110016" + "cb0071070a000001c39826ef";
        ProxyHeader right = ProxyHeader.parse(ByteBuffer.wrap(withSum(head, "040000", 0)));
        assertThat(name(right.client())).isEqualTo("203.0.113.7:50072");
        byte[] wrong = withSum(head, "040000", 1);
        assertThatThrownBy(() -> ProxyHeader.parse(ByteBuffer.wrap(wrong))).hasMessageContaining("its checksum is 0x");
        int field = hex(head).length;
        for (int i = hex(SIGNATURE).length + 4; i < wrong.length - 3; i++) {
            if (i == field) {
                // of another type, it would be no checksum
                continue;
            }
            byte[] changed = withSum(head, "040000", 0);
            changed[i] ^= 0x10;
            assertThatThrownBy(() -> ProxyHeader.parse(ByteBuffer.wrap(changed)))
                    .as("a bit of byte %d", i)
                    .isInstanceOf(RestreamException.class);
        }
    }

    @Test
    void a_checksum_is_compared_where_nobody_is_named() throws Exception {
        String local = SIGNATURE + "20000007";
        assertThat(ProxyHeader.parse(ByteBuffer.wrap(withSum(local, "", 0))).client())
                .isNull();
        assertThatThrownBy(() -> ProxyHeader.parse(ByteBuffer.wrap(withSum(local, "", 1))))
                .hasMessageContaining("its checksum is");
    }

    @Test
    void a_checksum_has_4_bytes() {
        byte[] header = hex(SIGNATURE + "21110011" + "cb0071070a000001c39826ef" + "0300020000");
        assertThatThrownBy(() -> ProxyHeader.parse(ByteBuffer.wrap(header)))
                .hasMessageContaining("its checksum has 2 bytes, not 4");
    }

    @Test
    void only_what_is_between_position_and_limit_counts() throws Exception {
        byte[] header = hex(TCP4);
        ByteBuffer in = ByteBuffer.allocate(100).position(7).put(header).position(7);
        ProxyHeader parsed = ProxyHeader.parse(in);
        assertThat(parsed.length()).isEqualTo(header.length);
        assertThat(in.position()).isEqualTo(7);
        assertThat(ProxyHeader.parse(in.limit(7 + header.length - 1))).isNull();
    }
}
