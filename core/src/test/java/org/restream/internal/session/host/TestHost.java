package org.restream.internal.session.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.restream.Header;
import org.restream.RestreamServer.Handler;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.exchange.Exchange;
import org.restream.internal.exchange.ExchangeConfig;
import org.restream.internal.exchange.ExchangePeer;
import org.restream.internal.exchange.Reason;
import org.restream.internal.link.Connection;
import org.restream.internal.net.ListeningSocket;
import org.restream.internal.session.carrier.SessionLink;

/** A server of sessions alone, with limits that no option sets: short beats, say. */
final class TestHost implements HostListener, AutoCloseable {
    static final HostConfig CONFIG = new HostConfig(
            Duration.ofSeconds(3),
            256,
            10_000,
            10_000,
            10_000,
            10_000,
            256 * 1024 * 1024,
            Duration.ofMinutes(10),
            32 * 1024,
            Duration.ofMillis(60),
            Duration.ZERO,
            Duration.ofSeconds(10));

    final SessionHost host;
    /** What became of its sessions, in order: opened, away, resumed, fenced, ended. */
    final List<String> events = new CopyOnWriteArrayList<>();

    private final Handler handler;
    private final ListeningSocket listening = ListeningSocket.open("127.0.0.1", 0);
    private final ExchangeConfig config = new ExchangeConfig(
            ExchangeConfig.Side.SERVER,
            64 * 1024,
            true,
            true,
            false,
            Timer.system(),
            work -> Threads.unstarted("restream-test-reader", work),
            unheard -> {});

    TestHost(HostConfig limits, Handler handler) throws IOException {
        this(limits, Timer.system(), handler);
    }

    TestHost(HostConfig limits, Timer timer, Handler handler) throws IOException {
        this.handler = handler;
        host = new SessionHost(limits, this, timer, new SecureRandom());
        Thread thread = new Thread(this::accept, "test-host");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (listening.isOpen()) {
                listening.await();
                Connection connection = listening.accept();
                if (connection == null) {
                    continue;
                }
                Threads.run("restream-test-connection", () -> {
                    IOException unused =
                            host.serve(connection, ByteBuffer.allocate(1024).limit(0), () -> {});
                });
            }
        } catch (IOException e) {
            // closed
        }
    }

    InetSocketAddress address() {
        return listening.address();
    }

    @Override
    public BiConsumer<SessionLink, Integer> exchanges(HostedSession session) {
        return (link, deadlineMillis) -> exchange(session, link);
    }

    private void exchange(HostedSession session, SessionLink link) {
        Exchange exchange = new Exchange(link, new ExchangePeer(session, link.serial()), config, Duration.ZERO);
        Threads.run("restream-test-exchange", () -> {
            link.onCut(why -> exchange.cancel(Reason.CLOSED, "cut"));
            exchange.run(() -> handler.handle(exchange.incoming(), exchange.outgoing()));
            link.handlerReturned();
        });
    }

    @Override
    public void opened(HostedSession session) {
        events.add("opened");
    }

    @Override
    public void away(HostedSession session, Throwable why) {
        events.add("away");
    }

    @Override
    public void resumed(HostedSession session, long epoch, long awayMillis) {
        events.add("resumed " + epoch);
    }

    @Override
    public void fenced(HostedSession session, InetSocketAddress before) {
        events.add("fenced");
    }

    @Override
    public void ended(HostedSession session, Throwable why) {
        events.add("ended: " + why.getMessage());
    }

    /** The header of an exchange, by which a test knows it. */
    static Header header(int test, int exchange) {
        return Header.of("test", test, "exchange", exchange);
    }

    @Override
    public void close() {
        listening.close();
        host.close();
    }
}
