package org.restream.internal.net;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** The order in which the addresses of a name are tried. */
final class AddressOrder {
    private AddressOrder() {}

    /**
     * Alternates IPv6 and IPv4, so that a family without a route costs only one delay. Each family keeps the order of
     * the look-up, and the family of its first address comes first (RFC 8305, section 4).
     */
    static List<InetAddress> interleaved(List<InetAddress> addresses) {
        List<InetAddress> first = new ArrayList<>(addresses);
        List<InetAddress> second = new ArrayList<>(addresses);
        first.removeIf(address -> address.getClass() != addresses.get(0).getClass());
        second.removeAll(first);
        List<InetAddress> order = new ArrayList<>();
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            if (i < first.size()) {
                order.add(first.get(i));
            }
            if (i < second.size()) {
                order.add(second.get(i));
            }
        }
        return order;
    }
}
