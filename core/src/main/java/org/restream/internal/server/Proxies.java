package org.restream.internal.server;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.restream.FailureKind;
import org.restream.RestreamException;
import org.restream.ServerEvent;
import org.restream.internal.proxy.Network;

/** The proxies that may connect to a server, each for its clients; none if clients connect by themselves. */
final class Proxies {
    private final List<String> names;
    private final List<Network> networks;

    /**
     * @param names addresses and networks
     */
    Proxies(List<String> names) {
        this.names = names;
        networks = Network.parse(names);
    }

    /** Whether each connection is from a proxy, and begins with a header. */
    boolean areExpected() {
        return !networks.isEmpty();
    }

    /** Why a connection from there is turned away; null where it is not. */
    @Nullable
    ServerEvent refusal(InetSocketAddress from) {
        if (networks.stream().anyMatch(network -> network.contains(from.getAddress()))) {
            return null;
        }
        String why = from.getAddress().getHostAddress() + " is none of the proxies that may connect: "
                + String.join(", ", names) + " (proxyProtocol)";
        return new ServerEvent.Rejected(from, 0, FailureKind.PROTOCOL, new RestreamException(why));
    }
}
