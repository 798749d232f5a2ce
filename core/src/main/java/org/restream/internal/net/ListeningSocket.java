package org.restream.internal.net;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import org.restream.RestreamException;

/** A port at which connections are accepted. */
public final class ListeningSocket {
    /** As much as the system allows: it bounds this (on Linux: net.core.somaxconn, 4,096 unless set). */
    private static final int BACKLOG = 65_535;

    private final ServerSocketChannel channel;
    private final InetSocketAddress address;

    private ListeningSocket(ServerSocketChannel channel) throws IOException {
        this.channel = channel;
        this.address = (InetSocketAddress) channel.getLocalAddress();
    }

    public static ListeningSocket open(String host, int port) throws IOException {
        InetAddress resolved;
        try {
            resolved = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new RestreamException("can't listen at " + host + ": the name is unknown", e);
        }
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.bind(new InetSocketAddress(resolved, port), BACKLOG);
            return new ListeningSocket(channel);
        } catch (IOException | UnsupportedAddressTypeException e) {
            // the second: IPv6, in a JVM that was told to do without
            channel.close();
            BindException said = new BindException("can't listen at " + host + ", port " + port + ": "
                    + (e.getMessage() == null ? "an address of a kind this JVM does not use" : e.getMessage()));
            said.initCause(e);
            throw said;
        }
    }

    public InetSocketAddress address() {
        return address;
    }

    /** Waits for a connection. One that is broken already is not worth an error. */
    public Connection accept() throws IOException {
        while (true) {
            SocketChannel accepted = channel.accept();
            try {
                return new Connection(accepted);
            } catch (IOException e) {
                // closed by its constructor
            }
        }
    }

    public boolean isOpen() {
        return channel.isOpen();
    }

    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // it accepts no more either way
        }
    }
}
