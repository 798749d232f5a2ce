package org.restream.internal.session;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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
    /** How fast the line is does not matter where so little is sent; these count on and on. */
    private static final Set<String> MEASUREMENTS =
            Set.of("sent", "acked", "limit", "sampling", "sampleEnd", "sampleStart", "sampleAcked", "minRoundTrip");

    private enum Kind {
        LONG,
        INT,
        BOOLEAN,
        QUEUE,
        MAP,
        LIST,
        ENDPOINT,
        PART,
        VALUE
    }

    private record Step(Field field, Kind kind) {}

    /** How to copy each class of which a session consists. A part belongs to the first class that has it. */
    private static final Map<Class<?>, Step[]> STEPS = new HashMap<>();

    static {
        ArrayDeque<Class<?>> parts = new ArrayDeque<>(List.of(Session.class, Channel.class));
        Set<Class<?>> seen = new HashSet<>(parts);
        for (Class<?> part = parts.poll(); part != null; part = parts.poll()) {
            Set<Class<?>> own = new HashSet<>();
            for (Field field : part.getDeclaredFields()) {
                Class<?> type = field.getType();
                // what a peer has cost does not change what is said
                boolean isPart = type != Cost.class
                        && type.getPackage() == Session.class.getPackage()
                        && Modifier.isFinal(type.getModifiers())
                        && !type.isRecord()
                        && Modifier.isFinal(field.getModifiers());
                if (isPart && seen.add(type)) {
                    own.add(type);
                    parts.add(type);
                }
            }
            STEPS.put(part, steps(part, own));
        }
    }

    private static Step[] steps(Class<?> part, Set<Class<?>> own) {
        List<Step> steps = new ArrayList<>();
        for (Field field : part.getDeclaredFields()) {
            boolean isWanted = part != InFlight.class || !MEASUREMENTS.contains(field.getName());
            Kind kind = Modifier.isStatic(field.getModifiers()) ? null : kind(field, own);
            if (isWanted && kind != null) {
                field.setAccessible(true);
                steps.add(new Step(field, kind));
            }
        }
        return steps.toArray(Step[]::new);
    }

    private static @Nullable Kind kind(Field field, Set<Class<?>> own) {
        Class<?> type = field.getType();
        if (type.isPrimitive()) {
            return type == long.class ? Kind.LONG : type == int.class ? Kind.INT : Kind.BOOLEAN;
        } else if (type == ArrayDeque.class) {
            return Kind.QUEUE;
        } else if (type == Map.class) {
            return Kind.MAP;
        } else if (type == List.class) {
            return Kind.LIST;
        } else if (type == Endpoint.class) {
            return Kind.ENDPOINT;
        } else if (own.contains(type)) {
            return Kind.PART;
        } else if (type == Cut.class || type == Long.class) {
            return Kind.VALUE;
        } else if (Modifier.isFinal(field.getModifiers()) && !Collection.class.isAssignableFrom(type)) {
            // how the session was made, or a part that belongs to another one
            return null;
        }
        throw new IllegalStateException("can't copy " + field);
    }

    /** Gives the copy's endpoint for an endpoint. */
    interface Endpoints {
        Endpoint of(Endpoint original);
    }

    private final Session target;
    private final Endpoints endpoints;
    private final IdentityHashMap<Channel, Channel> channels = new IdentityHashMap<>(8);

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
            for (Step step : steps(from)) {
                Field field = step.field;
                switch (step.kind) {
                    case LONG -> field.setLong(to, field.getLong(from));
                    case INT -> field.setInt(to, field.getInt(from));
                    case BOOLEAN -> field.setBoolean(to, field.getBoolean(from));
                    case VALUE -> field.set(to, field.get(from));
                    case PART -> copyFields(field.get(from), field.get(to));
                    default -> copyChannels(step, from, to);
                }
            }
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    private void copyChannels(Step step, Object from, Object to) throws IllegalAccessException {
        Object value = step.field.get(from);
        if (value instanceof ArrayDeque<?> queue) {
            if (!queue.isEmpty()) {
                ArrayDeque<Object> copy = (ArrayDeque<Object>) step.field.get(to);
                queue.forEach(each -> copy.add(each instanceof Channel channel ? copy(channel) : each));
            }
        } else if (value instanceof Map<?, ?> map) {
            Map<Long, Channel> copy = (Map<Long, Channel>) step.field.get(to);
            for (Map.Entry<?, ?> each : map.entrySet()) {
                copy.put((Long) each.getKey(), copy((Channel) each.getValue()));
            }
        } else if (value instanceof List<?> list) {
            List<Channel> copy = new ArrayList<>(list.size());
            list.forEach(each -> copy.add(copy((Channel) each)));
            step.field.set(to, copy);
        } else if (value instanceof Endpoint endpoint) {
            step.field.set(to, endpoints.of(endpoint));
        }
    }

    /** Adds all fields of a session or a channel; the channels of a session by their names only. */
    static void digest(Object of, Digest to) {
        try {
            for (Step step : steps(of)) {
                Field field = step.field;
                switch (step.kind) {
                    case LONG -> to.add(field.getLong(of));
                    case INT -> to.add(field.getInt(of));
                    case BOOLEAN -> to.add(field.getBoolean(of));
                    case PART -> digest(field.get(of), to);
                    case VALUE -> to.add(value(field.get(of)));
                    case ENDPOINT -> {}
                    default -> digestChannels(field.get(of), to);
                }
            }
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static long value(@Nullable Object value) {
        if (value instanceof Cut cut) {
            return cut.code() * 2L + (cut.byPeer() ? 1 : 0);
        }
        return value instanceof Long number ? number : -1;
    }

    private static void digestChannels(Object value, Digest to) {
        if (value instanceof Map<?, ?> map) {
            to.add(map.size());
            return;
        }
        Collection<?> collection = (Collection<?>) value;
        to.add(collection.size());
        for (Object each : collection) {
            to.add(each instanceof Channel channel ? name(channel) : value(each));
        }
    }

    private static long name(Channel channel) {
        return channel.number > 0 || !(channel.endpoint() instanceof Program program)
                ? channel.number
                : -2 - program.index();
    }

    private static Step[] steps(Object of) {
        Step[] steps = STEPS.get(of.getClass());
        if (steps == null) {
            throw new IllegalStateException("no part of a session: " + of.getClass());
        }
        return steps;
    }
}
