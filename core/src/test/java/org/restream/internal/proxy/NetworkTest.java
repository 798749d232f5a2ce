package org.restream.internal.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.7, 10.0.0.7, 10.0.0.6",
        "10.0.0.7/32, 10.0.0.7, 10.0.0.6",
        "10.0.0.0/8, 10.255.3.4, 11.0.0.0",
        "172.16.0.0/12, 172.31.255.255, 172.32.0.0",
        "192.0.2.128/25, 192.0.2.255, 192.0.2.127",
        "192.0.2.6/31, 192.0.2.7, 192.0.2.8",
        "0.0.0.0/0, 255.255.255.255, ::1",
        "::/0, ffff::1, 1.2.3.4",
        "::1, 0:0:0:0:0:0:0:1, ::2",
        "fd00::/8, fdff:1:2::3, fe00::",
        "2001:db8:1:2::/63, 2001:db8:1:3::9, 2001:db8:1:4::",
        // an IPv4 address in IPv6 form, which is how the JDK sees it too
        "::ffff:10.0.0.7, 10.0.0.7, 10.0.0.8",
        "::ffff:10.0.0.0/104, ::ffff:10.1.2.3, 11.0.0.0",
        "::ffff:0:0/96, 1.2.3.4, ::1",
        "10.0.0.0/8, ::ffff:10.0.0.1, ::10.0.0.1",
    })
    void has_the_addresses_that_begin_with_its_bits(String network, String in, String out) throws Exception {
        assertThat(Network.parse(network).contains(InetAddress.getByName(in))).isTrue();
        assertThat(Network.parse(network).contains(InetAddress.getByName(out))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'', names are not looked up",
        "localhost, names are not looked up",
        "10.0.0, names are not looked up",
        "10.0.0.1.2, names are not looked up",
        "10.0.0.256, names are not looked up",
        "' 10.0.0.1', names are not looked up",
        "10.0.0.01, names are not looked up",
        "'[::1]', names are not looked up",
        "fe80::1%eth0, names are not looked up",
        ":::, names are not looked up",
        "1::2::3, names are not looked up",
        "1:2:3:4:5:6:7, names are not looked up",
        "1:2:3:4:5:6:7:8:9, names are not looked up",
        "1:2:3:4:5:6:7::8, names are not looked up",
        "1:2:3:4:5:6:7:1.2.3.4, names are not looked up",
        "1.2.3.4::1, names are not looked up",
        "::1.2.3.4:1, names are not looked up",
        "::g, names are not looked up",
        "10.0.0.0/, 'a number of bits, 0 to 32'",
        "10.0.0.0/33, 'a number of bits, 0 to 32'",
        "10.0.0.0/-1, 'a number of bits, 0 to 32'",
        "10.0.0.0/08, 'a number of bits, 0 to 32'",
        "10.0.0.0/255.0.0.0, 'a number of bits, 0 to 32'",
        "10.0.0.0/8/8, 'a number of bits, 0 to 32'",
        "::/129, 'a number of bits, 0 to 128'",
        "::ffff:0:0/90, 'a number of bits, 96 to 128'",
        "10.0.0.5/8, the network is 10.0.0.0/8",
        "fd00::1/8, the network is fd00:0:0:0:0:0:0:0/8",
        "::ffff:10.0.0.5/104, the network is 10.0.0.0/8",
    })
    void a_text_that_is_none_is_refused_with_the_rule(String text, String why) {
        assertThatThrownBy(() -> Network.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"" + text + "\" is none (10.0.0.7, 10.0.0.0/8, ::1 or fd00::/8): ")
                .hasMessageContaining(why);
    }
}
