package org.restream.cli.console;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.FailureKind;
import org.restream.ServerAddress;
import org.restream.ServerEvent;
import org.restream.cli.command.Causes;

/** The fields of events for {@code --log-format json}. */
public final class EventJson {
    private EventJson() {}

    public static Map<String, @Nullable Object> of(ClientEvent event) {
        Map<String, @Nullable Object> fields = named(event);
        if (event instanceof ClientEvent.Connecting e) {
            attempt(fields, e.server(), e.attempt());
        } else if (event instanceof ClientEvent.Connected e) {
            attempt(fields, e.server(), e.attempt());
        } else if (event instanceof ClientEvent.Failed e) {
            attempt(fields, e.server(), e.attempt());
            fields.put("failures", e.failures());
            fields.put("kind", kind(e.kind()));
            fields.put("cause", Causes.line(e.cause()));
        } else if (event instanceof ClientEvent.Lost e) {
            attempt(fields, e.server(), e.attempt());
            fields.put("failures", e.failures());
            fields.put("bytesSent", e.bytesSent());
            fields.put("bytesReceived", e.bytesReceived());
            fields.put("kind", kind(e.kind()));
            fields.put("cause", Causes.line(e.cause()));
        } else if (event instanceof ClientEvent.Waiting e) {
            attempt(fields, e.server(), e.attempt());
            fields.put("failures", e.failures());
            fields.put("delayMs", e.delay().toMillis());
        } else if (event instanceof ClientEvent.Completed e) {
            attempt(fields, e.server(), e.attempt());
            fields.put("bytesSent", e.bytesSent());
            fields.put("bytesReceived", e.bytesReceived());
        } else if (event instanceof ClientEvent.Away e) {
            fields.put("server", e.server().toString());
            fields.put("session", e.session());
            fields.put("cause", Causes.line(e.cause()));
        } else if (event instanceof ClientEvent.Resumed e) {
            fields.put("server", e.server().toString());
            fields.put("session", e.session());
            fields.put("epoch", e.epoch());
            fields.put("awayMs", e.away().toMillis());
        } else if (event instanceof ClientEvent.ResumeFailed e) {
            fields.put("server", e.server().toString());
            fields.put("session", e.session());
            fields.put("epoch", e.epoch());
            fields.put("cause", Causes.line(e.cause()));
        } else if (event instanceof ClientEvent.FellBack e) {
            fields.put("server", e.server().toString());
            fields.put("cause", Causes.line(e.cause()));
        } else if (event instanceof ClientEvent.GaveUp e) {
            fields.put("attempt", e.attempt());
            fields.put("failures", e.failures());
            fields.put("cause", Causes.line(e.cause()));
        }
        return fields;
    }

    /** An event of the command, not of the client: nothing moves because the server has not answered yet. */
    public static Map<String, @Nullable Object> awaitsAnswer(ClientEvent.Connected connection, long bytesSent) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("event", "waitingForAnswer");
        attempt(fields, connection.server(), connection.attempt());
        fields.put("bytesSent", bytesSent);
        return fields;
    }

    /** Whether an event is logged: not where others say the same. */
    public static boolean isLogged(ClientEvent event) {
        return !(event instanceof ClientEvent.Aborted
                || event instanceof ClientEvent.SessionOpened
                || event instanceof ClientEvent.SessionEnded);
    }

    /** Whether an event is logged: not where others say the same. */
    public static boolean isLogged(ServerEvent event) {
        return !(event instanceof ServerEvent.Began || event instanceof ServerEvent.Disconnected);
    }

    /** The fields of a server's event. */
    public static Map<String, @Nullable Object> of(ServerEvent event) {
        Map<String, @Nullable Object> fields = named(event);
        if (event instanceof ServerEvent.Listening e) {
            fields.put("address", text(e.address()));
        } else if (event instanceof ServerEvent.Proxied e) {
            fields.put("peer", text(e.peer()));
            fields.put("proxy", text(e.proxy()));
        } else if (event instanceof ServerEvent.Accepted e) {
            fields.put("peer", text(e.peer()));
        } else if (event instanceof ServerEvent.Completed e) {
            fields.put("peer", text(e.peer()));
            fields.put("exchange", e.exchange());
            fields.put("bytesReceived", e.bytesReceived());
            fields.put("bytesSent", e.bytesSent());
        } else if (event instanceof ServerEvent.NoRequest e) {
            fields.put("peer", text(e.peer()));
        } else if (event instanceof ServerEvent.Failed e) {
            fields.put("peer", text(e.peer()));
            fields.put("exchange", e.exchange());
            fields.put("bytesReceived", e.bytesReceived());
            fields.put("bytesSent", e.bytesSent());
            fields.put("kind", kind(e.kind()));
            fields.put("cause", Causes.line(e.cause()));
        } else if (event instanceof ServerEvent.Rejected e) {
            fields.put("peer", text(e.peer()));
            fields.put("kind", kind(e.kind()));
            fields.put("cause", Causes.line(e.cause()));
        } else if (event instanceof ServerEvent.AcceptFailed e) {
            fields.put("cause", Causes.line(e.cause()));
        } else {
            ofSession(fields, event);
        }
        return fields;
    }

    private static void ofSession(Map<String, @Nullable Object> fields, ServerEvent event) {
        if (event instanceof ServerEvent.SessionOpened e) {
            session(fields, e.peer(), e.session());
        } else if (event instanceof ServerEvent.Away e) {
            session(fields, e.peer(), e.session());
            fields.put("cause", Causes.line(e.cause()));
        } else if (event instanceof ServerEvent.Resumed e) {
            session(fields, e.peer(), e.session());
            fields.put("epoch", e.epoch());
            fields.put("awayMs", e.away().toMillis());
        } else if (event instanceof ServerEvent.Fenced e) {
            session(fields, e.peer(), e.session());
        } else if (event instanceof ServerEvent.SessionEnded e) {
            session(fields, e.peer(), e.session());
            fields.put("cause", Causes.line(e.cause()));
        }
    }

    private static void session(Map<String, @Nullable Object> fields, InetSocketAddress peer, String session) {
        fields.put("peer", text(peer));
        fields.put("session", session);
    }

    private static Map<String, @Nullable Object> named(Object event) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        String name = event.getClass().getSimpleName();
        fields.put("event", name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1));
        return fields;
    }

    private static String kind(FailureKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static void attempt(Map<String, @Nullable Object> fields, ServerAddress server, long attempt) {
        fields.put("server", server.toString());
        fields.put("attempt", attempt);
    }

    /** The numeric address, since looking up a name would take time. */
    public static String text(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        String host = ip == null ? address.getHostString() : ip.getHostAddress();
        return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + address.getPort();
    }
}
