package org.restream.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressOrderTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            LOOK-UP                       | ORDER
            ::1                           | ::1
            10.0.0.1                      | 10.0.0.1
            ::1, 10.0.0.1                 | ::1, 10.0.0.1
            10.0.0.1, ::1                 | 10.0.0.1, ::1
            ::1, ::2, 10.0.0.1, 10.0.0.2  | ::1, 10.0.0.1, ::2, 10.0.0.2
            10.0.0.1, 10.0.0.2, ::1, ::2  | 10.0.0.1, ::1, 10.0.0.2, ::2
            ::1, ::2, ::3, 10.0.0.1       | ::1, 10.0.0.1, ::2, ::3
            ::1, 10.0.0.1, 10.0.0.2, 10.0.0.3 | ::1, 10.0.0.1, 10.0.0.2, 10.0.0.3
            10.0.0.3, 10.0.0.1, 10.0.0.2  | 10.0.0.3, 10.0.0.1, 10.0.0.2
            """)
    void families_take_turns_and_each_keeps_its_order(String lookUp, String order) throws Exception {
        assertThat(AddressOrder.interleaved(addresses(lookUp))).isEqualTo(addresses(order));
    }

    private static List<InetAddress> addresses(String text) throws Exception {
        List<InetAddress> addresses = new ArrayList<>();
        for (String address : text.split(", ")) {
            addresses.add(InetAddress.getByName(address));
        }
        return addresses;
    }
}
