package org.restream.internal.net;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.List;
import org.restream.FailureKind;
import org.restream.ServerAddress;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.link.Connection;
import org.restream.internal.link.OpenException;
import org.restream.internal.text.Durations;

/**
 * Connects to a server within one deadline: looks its name up, tries its addresses, and opens the connection. An
 * interrupt of the calling thread ends it. Nothing is left then, except perhaps a look-up that the system has not
 * answered yet.
 */
public final class Connector {
    private static final SocketOptions OPTIONS = new SocketOptions();

    private final Duration timeout;
    private final Lookup lookup;
    private final Timer timer;
    private final Layer layer;

    /** Wraps a connection in TLS, or does nothing. */
    @FunctionalInterface
    public interface Layer {
        Connection over(Connection connection, ServerAddress server);
    }

    public Connector(Duration timeout, Lookup lookup, Timer timer, Layer layer) {
        this.timeout = timeout;
        this.lookup = lookup;
        this.timer = timer;
        this.layer = layer;
    }

    /**
     * Connects.
     *
     * @throws OpenException no connection could be made; the message names the server and the reason
     * @throws InterruptedException the thread was interrupted
     */
    public Connection connect(ServerAddress server) throws OpenException, InterruptedException {
        Deadline deadline = Deadline.after(timeout, timer);
        FailureKind step = FailureKind.LOOKUP;
        try {
            List<InetAddress> addresses = AddressOrder.interleaved(lookup.addresses(server.host(), deadline));
            step = FailureKind.CONNECTION;
            TcpConnection connection = dial(addresses, server, deadline);
            step = FailureKind.HANDSHAKE;
            return open(connection, server, deadline);
        } catch (OpenException e) {
            throw e;
        } catch (IOException e) {
            throw failure(step, server, e);
        }
    }

    private static OpenException failure(FailureKind kind, ServerAddress server, IOException cause) {
        return new OpenException(kind, "can't connect to " + server + ": " + cause.getMessage(), cause);
    }

    private TcpConnection dial(List<InetAddress> addresses, ServerAddress server, Deadline deadline)
            throws IOException, InterruptedException {
        try {
            return AddressRace.first(
                    addresses, AddressRace.DELAY, deadline, address -> dial(address, server, deadline));
        } catch (SocketTimeoutException e) {
            // only the deadline's end is told so: see below, and the race
            throw failure(FailureKind.LIMIT, server, e);
        }
    }

    private TcpConnection dial(InetAddress address, ServerAddress server, Deadline deadline) throws IOException {
        SocketChannel channel = SocketChannel.open();
        // a blocking connect has no time-out of its own
        Timer.Task watchdog = timer.after(deadline.remaining(), () -> closeQuietly(channel));
        try {
            SocketOptions.resetUntilFinished(channel);
            channel.connect(new InetSocketAddress(address, server.port()));
            refuseSelf(channel);
            return new TcpConnection(channel, OPTIONS);
        } catch (IOException e) {
            channel.close();
            if (deadline.isOver()) {
                throw new SocketTimeoutException(
                        "no connection to " + address.getHostAddress() + " within " + Durations.text(timeout));
            }
            throw e;
        } catch (UnsupportedAddressTypeException e) {
            channel.close();
            throw new ConnectException("this JVM has no protocol for the address " + address.getHostAddress());
        } finally {
            watchdog.cancel();
        }
    }

    private Connection open(TcpConnection connection, ServerAddress server, Deadline deadline) throws IOException {
        boolean layered = false;
        try {
            Connection open = layer.over(connection, server);
            layered = true;
            ConnectionCare.open(open, timeout, deadline.remaining(), "", timer);
            return open;
        } finally {
            if (!layered) {
                connection.abort();
            }
        }
    }

    /** Rejects a socket that TCP has connected to itself, which happens at a free port of the ephemeral range. */
    private static void refuseSelf(SocketChannel channel) throws IOException {
        if (channel.getLocalAddress().equals(channel.getRemoteAddress())) {
            throw new ConnectException("Connection refused (the socket connected to itself)");
        }
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // the connect has failed by itself
        }
    }
}
