package org.restream.internal.session;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies a session field by field, and digests it, so that a search can go on from each state in several ways. It knows the
 * classes of which a session consists, and all of their fields, those that will be added too.
 */
final class StateCopier {
    /** What a session consists of, and a channel; each is held by a final field of another one. */
    private static final List<Class<?>> PARTS = List.of(
            Session.class,
            Numbers.class,
            Output.class,
            Input.class,
            InFlight.class,
            Listing.class,
            Channel.class,
            Sending.class,
            Receiving.class);
    /** How fast the line is does not matter where so little is sent; these count on and on. */
    private static final Set<String> MEASUREMENTS =
            Set.of("sent", "acked", "limit", "sampling", "sampleEnd", "sampleStart", "sampleAcked", "minRoundTrip");

    private static final Map<Class<?>, Field[]> FIELDS = new HashMap<>();

    static {
        for (Class<?> part : PARTS) {
            List<Field> fields = new ArrayList<>();
            for (Field field : part.getDeclaredFields()) {
                boolean isWanted = part != InFlight.class || !MEASUREMENTS.contains(field.getName());
                if (!Modifier.isStatic(field.getModifiers()) && isWanted) {
                    field.setAccessible(true);
                    fields.add(field);
                }
            }
            FIELDS.put(part, fields.toArray(Field[]::new));
        }
    }

    /** Gives the copy's endpoint for an endpoint. */
    interface Endpoints {
        Endpoint of(Endpoint original);
    }

    private final Session target;
    private final Endpoints endpoints;
    private final IdentityHashMap<Channel, Channel> channels = new IdentityHashMap<>();

    /** @param target a new session, made like the original */
    StateCopier(Session target, Endpoints endpoints) {
        this.target = target;
        this.endpoints = endpoints;
    }

    void copy(Session original) {
        copyFields(original, target);
    }

    /** The copy of a channel, whether the session remembers it or only the program does. */
    Channel copy(Channel original) {
        Channel copy = channels.get(original);
        if (copy == null) {
            copy = new Channel(target, 0, 0);
            channels.put(original, copy);
            copyFields(original, copy);
        }
        return copy;
    }

    private void copyFields(Object from, Object to) {
        try {
            for (Field field : fields(from)) {
                Class<?> type = field.getType();
                if (type == long.class) {
                    field.setLong(to, field.getLong(from));
                } else if (type == int.class) {
                    field.setInt(to, field.getInt(from));
                } else if (type == boolean.class) {
                    field.setBoolean(to, field.getBoolean(from));
                } else {
                    copyReference(field, from, to);
                }
            }
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    private void copyReference(Field field, Object from, Object to) throws IllegalAccessException {
        Object value = field.get(from);
        boolean isFinal = Modifier.isFinal(field.getModifiers());
        if (value instanceof ArrayDeque<?> queue) {
            ArrayDeque<Channel> copy = (ArrayDeque<Channel>) field.get(to);
            copy.clear();
            queue.forEach(each -> copy.add(copy((Channel) each)));
        } else if (value instanceof Map<?, ?> map) {
            Map<Long, Channel> copy = (Map<Long, Channel>) field.get(to);
            map.forEach((key, each) -> copy.put((Long) key, copy((Channel) each)));
        } else if (value instanceof List<?> list) {
            List<Channel> copy = new ArrayList<>();
            list.forEach(each -> copy.add(copy((Channel) each)));
            field.set(to, copy);
        } else if (value instanceof Endpoint endpoint) {
            field.set(to, endpoints.of(endpoint));
        } else if (!isFinal) {
            field.set(to, value);
        } else if (value != null && isOwned(from, value)) {
            copyFields(value, field.get(to));
        }
    }

    static void digest(Session session, Digest to) {
        digestFields(session, to);
    }

    static void digest(Channel channel, Digest to) {
        digestFields(channel, to);
    }

    private static void digestFields(Object of, Digest to) {
        try {
            for (Field field : fields(of)) {
                Class<?> type = field.getType();
                if (type == long.class) {
                    to.add(field.getLong(of));
                } else if (type == int.class) {
                    to.add(field.getInt(of));
                } else if (type == boolean.class) {
                    to.add(field.getBoolean(of));
                } else {
                    digestReference(of, field.get(of), to);
                }
            }
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static void digestReference(Object owner, @Nullable Object value, Digest to) {
        if (value == null) {
            to.add(-1);
        } else if (value instanceof Map<?, ?> map) {
            to.add(map.size());
            map.values().stream()
                    .map(Channel.class::cast)
                    .sorted((a, b) -> Long.compare(a.number, b.number))
                    .forEach(channel -> to.add(name(channel)));
        } else if (value instanceof Collection<?> collection) {
            to.add(collection.size());
            collection.forEach(each -> to.add(name((Channel) each)));
        } else if (value instanceof Cut cut) {
            to.add(cut.code() * 2L + (cut.byPeer() ? 1 : 0));
        } else if (value instanceof Long number) {
            to.add(number);
        } else if (isOwned(owner, value)) {
            digestFields(value, to);
        }
    }

    /** A part is copied and digested where its owner is; others refer to it too. */
    private static boolean isOwned(Object owner, Object value) {
        return FIELDS.containsKey(value.getClass())
                && !(value instanceof Session)
                && !(value instanceof Numbers && !(owner instanceof Session))
                && !(value instanceof Output && owner instanceof Input);
    }

    /** A channel is digested by its program; here it only has to be told from others. */
    private static long name(Channel channel) {
        return channel.number > 0 || !(channel.endpoint() instanceof Program program)
                ? channel.number
                : -2 - program.index();
    }

    private static Field[] fields(Object of) {
        Field[] fields = FIELDS.get(of.getClass());
        if (fields == null) {
            throw new IllegalStateException("no part of a session: " + of.getClass());
        }
        return fields;
    }
}
