package org.restream.internal.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.restream.internal.concurrent.Threads;

/** Looks up the addresses of a host, each time anew (apart from the JVM's own cache, networkaddress.cache.ttl). */
public final class Lookup {
    /** Returns all addresses of a name; can't be interrupted. */
    @FunctionalInterface
    public interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile("(" + OCTET + "[.]){3}" + OCTET);

    private final Resolver resolver;

    public Lookup(Resolver resolver) {
        this.resolver = resolver;
    }

    List<InetAddress> addresses(String host, Deadline deadline) throws IOException, InterruptedException {
        if (isLiteral(host)) {
            return List.of(InetAddress.getByName(host));
        }
        CompletableFuture<InetAddress[]> answer = new CompletableFuture<>();
        // the system's look-up blocks its thread; on a virtual thread it would block a carrier thread
        Threads.platform("restream-lookup-" + host, () -> resolve(host, answer)).start();
        try {
            return List.of(answer.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("the look-up of \"" + host + "\" got no answer in time");
        } catch (ExecutionException e) {
            IOException unknown = new UnknownHostException("unknown host \"" + host + '"');
            unknown.initCause(e.getCause());
            throw unknown;
        }
    }

    private void resolve(String host, CompletableFuture<InetAddress[]> answer) {
        try {
            answer.complete(resolver.resolve(host));
        } catch (Throwable e) {
            answer.completeExceptionally(e);
        }
    }

    /** Whether the host is an IP address, which needs no look-up and no thread. */
    private static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
    }
}
