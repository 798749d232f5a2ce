package org.restream;

import java.util.List;

/** The options of a server that say who may connect, and how many. */
abstract sealed class AdmissionOptions extends ConnectionOptions<ServerOptions, ServerEvent> permits ServerOptions {
    int maxConnections = 10_000;
    int maxConnectionsPerAddress;
    List<String> proxyProtocol = List.of();

    /** Only {@link ServerOptions} extends this. */
    AdmissionOptions() {}

    /**
     * Sets how many connections are served at a time. When so many are open, new ones wait in the operating system's backlog
     * until one ends; the server drops none.
     *
     * @param maxConnections 1 or more; each connection needs a file descriptor. Default: 10,000
     * @return a copy with this value
     */
    public ServerOptions maxConnections(int maxConnections) {
        return with(copy -> copy.maxConnections = Check.atLeast("maxConnections", 1, maxConnections));
    }

    /** {@return how many connections are served at a time: 1 or more} */
    public int maxConnections() {
        return maxConnections;
    }

    /**
     * Sets how many of those connections may come from one address, so that one machine can't use up all of them. A further
     * connection is reset at once, before anything is read or a thread is started, and reported as {@link ServerEvent.Rejected}.
     * The addresses of an IPv6 network of 64 bits count as one address, since one machine can have them all; each link-local
     * address counts by itself. This does not limit somebody who has many addresses. All clients behind one NAT share one
     * limit, and all behind one proxy, unless it {@linkplain #proxyProtocol(String...) names them}.
     *
     * @param maxConnectionsPerAddress 1 or more; 0 means no limit of its own. Default: 0
     * @return a copy with this value
     */
    public ServerOptions maxConnectionsPerAddress(int maxConnectionsPerAddress) {
        return with(copy ->
                copy.maxConnectionsPerAddress = Check.atLeast("maxConnectionsPerAddress", 0, maxConnectionsPerAddress));
    }

    /** {@return how many connections may come from one address; 0 means no limit of its own} */
    public int maxConnectionsPerAddress() {
        return maxConnectionsPerAddress;
    }

    /**
     * Serves clients through proxies that speak HAProxy's PROXY protocol, version 1 or 2. Each connection must come from one of
     * these proxies and begin with a PROXY header, within {@link ServerOptions#headerTimeout(java.time.Duration)}; any other
     * is reset, and reported as {@link ServerEvent.Rejected}. The address in the header is then the peer's everywhere: for the
     * handler, in events, and for limits; {@link ServerEvent.Proxied} has the proxy's own. TLS begins after the header. If a
     * header names no client, as in the health checks of proxies, the peer is the proxy itself, no limit per address applies,
     * and without a byte more the connection is a {@link ServerEvent.NoRequest}. Clients can't connect directly: they would go round what the proxy
     * checks. Give them a server at another port.
     *
     * @param proxies one or more IP addresses and networks, such as {@code 10.0.0.7}, {@code 10.0.0.0/8} and {@code fd00::/8}.
     *     Name only proxies: whoever connects from there can claim any address. Default: none, which means that clients
     *     connect directly, and PROXY headers are rejected
     * @return a copy with this value
     */
    public ServerOptions proxyProtocol(String... proxies) {
        return with(copy -> copy.proxyProtocol = Check.networks("proxyProtocol", proxies));
    }

    /** {@return the proxies that may connect, unmodifiable; empty if clients connect directly} */
    public List<String> proxyProtocol() {
        return proxyProtocol;
    }

    /**
     * Removes the proxies: clients connect directly again.
     *
     * @return a copy without them
     */
    public ServerOptions withoutProxyProtocol() {
        return with(copy -> copy.proxyProtocol = List.of());
    }
}
