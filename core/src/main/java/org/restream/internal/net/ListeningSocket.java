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
 * A listening socket. One thread waits for connections; any thread may accept them. Accepting never blocks, because an
 * interrupt would then close the socket.
 */
public final class ListeningSocket {
    /** As much as the system allows; it limits this itself (on Linux by net.core.somaxconn, by default 4,096). */
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
            // UnsupportedAddressTypeException: IPv6, in a JVM that was started without it
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
            // a set flag would make select() return at once, again and again, and has no meaning here
            Thread.interrupted();
            selector.select(key -> {});
        } catch (ClosedSelectorException e) {
            // closed
        }
    }

    /** Whether a connection is waiting. Only the thread that waits for connections may call this. */
    public boolean isWaitedAt() {
        boolean[] waited = new boolean[1];
        try {
            selector.selectNow(key -> waited[0] = true);
        } catch (IOException | ClosedSelectorException e) {
            // the thread that waits gets the error
        }
        return waited[0];
    }

    /** Accepts a waiting connection; null if there is none, or if it is broken already, which is not an error. */
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

    /** Closes the socket. The port is free when this returns. */
    public void close() {
        try {
            channel.close();
            // the channel is really closed only when its key is gone from the selector
            selector.close();
        } catch (IOException e) {
            // it does not accept any more in either case
        }
    }
}
