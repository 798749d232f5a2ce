package org.restream.internal.net;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import org.jspecify.annotations.Nullable;
import org.restream.RestreamException;

/**
 * A port at which connections are accepted. One thread waits for them; any accepts. No accept waits: one that did would close
 * the port when its thread is interrupted.
 */
public final class ListeningSocket {
    /** As much as the system allows: it bounds this (on Linux: net.core.somaxconn, 4,096 unless set). */
    private static final int BACKLOG = 65_535;

    private final ServerSocketChannel channel;
    private final Selector selector;
    private final InetSocketAddress address;
    private final SocketOptions options;

    private ListeningSocket(ServerSocketChannel channel, Selector selector) throws IOException {
        this.channel = channel;
        this.selector = selector;
        address = (InetSocketAddress) channel.getLocalAddress();
        options = SocketOptions.ofAccepted(channel);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_ACCEPT);
    }

    public static ListeningSocket open(String host, int port) throws IOException {
        InetAddress resolved;
        try {
            resolved = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new RestreamException("can't listen at " + host + ": the name is unknown", e);
        }
        ServerSocketChannel channel = ServerSocketChannel.open();
        Selector selector = null;
        try {
            channel.bind(new InetSocketAddress(resolved, port), BACKLOG);
            selector = Selector.open();
            return new ListeningSocket(channel, selector);
        } catch (IOException | UnsupportedAddressTypeException e) {
            // the second: IPv6, in a JVM that was told to do without
            channel.close();
            if (selector != null) {
                selector.close();
            }
            BindException said = new BindException("can't listen at " + host + ", port " + port + ": "
                    + (e.getMessage() == null ? "an address of a kind this JVM does not use" : e.getMessage()));
            said.initCause(e);
            throw said;
        }
    }

    public InetSocketAddress address() {
        return address;
    }

    /** Waits for a connection, or for {@link #close}; one thread at a time. */
    public void await() throws IOException {
        try {
            // an interrupt would make it return at once, again and again; nobody means anything by it
            Thread.interrupted();
            selector.select(key -> {});
        } catch (ClosedSelectorException e) {
            // it is closed
        }
    }

    /** Whether there is a connection; asked by the thread that waits for them. */
    public boolean isWaitedAt() {
        boolean[] waited = new boolean[1];
        try {
            selector.selectNow(key -> waited[0] = true);
        } catch (IOException | ClosedSelectorException e) {
            // who waits hears of it
        }
        return waited[0];
    }

    /** A connection that is there; null if there is none. One that is broken already is not worth an error. */
    public @Nullable TcpConnection accept() throws IOException {
        while (true) {
            SocketChannel accepted = channel.accept();
            if (accepted == null) {
                return null;
            }
            try {
                SocketOptions.resetUntilFinished(accepted);
                return new TcpConnection(accepted, options);
            } catch (IOException e) {
                accepted.close();
            }
        }
    }

    public boolean isOpen() {
        return channel.isOpen();
    }

    /** The system has the port back when this returns. */
    public void close() {
        try {
            channel.close();
            // until then the channel is only half closed
            selector.close();
        } catch (IOException e) {
            // it accepts no more either way
        }
    }
}
