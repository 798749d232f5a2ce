package org.restream.internal.session;

import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** What holds of a session at all times, and what holds of it when all is over. */
final class Invariants {
    private Invariants() {}

    static void check(Session session, SessionConfig config) {
        long granted = 0;
        long underWay = 0;
        for (Channel channel : session.sorted()) {
            Receiving receiving = channel.receiving;
            if (!receiving.isOver()) {
                granted += Math.max(0, receiving.limit() - Private.number(receiving, "consumed"));
            }
            underWay += channel.sending.inFlight();
            Violation.unless(channel.sending.inFlight() >= 0, "more bytes have arrived than were sent");
        }
        long budget = (long) config.window() * config.exchanges() + config.growth();
        Violation.unless(granted <= budget, granted + " bytes are granted, out of " + budget);
        Violation.unless(growth(session, "windows") >= 0, "windows grow beyond what there is");
        Violation.unless(growth(session, "held") >= 0, "more is held than there is");
        if (Private.flag(session, "connected")) {
            long counted = Private.number(Private.part(data(session), "flight"), "underWay");
            Violation.unless(counted == underWay, counted + " bytes are counted under way, where " + underWay + " are");
            checkQueues(session);
        }
    }

    private static long growth(Session session, String name) {
        return Private.number(Private.part(session, "growth"), name);
    }

    private static Object data(Session session) {
        return Private.part(session.output(), "data");
    }

    private static void checkQueues(Session session) {
        List<ArrayDeque<?>> forData = new ArrayList<>();
        for (String name : List.of("again", "fresh", "going")) {
            forData.add((ArrayDeque<?>) Private.part(data(session), name));
        }
        ArrayDeque<?> control = (ArrayDeque<?>) Private.part(session.output(), "control");
        List<ArrayDeque<?>> all = new ArrayList<>(forData);
        all.add(control);
        for (ArrayDeque<?> queue : all) {
            Violation.unless(new HashSet<>(queue).size() == queue.size(), "a channel is twice in a queue");
        }
        for (Channel channel : session.sorted()) {
            Violation.unless(control.contains(channel) == channel.inControl, "inControl is wrong");
            long places =
                    forData.stream().filter(queue -> queue.contains(channel)).count();
            Violation.unless(places <= 1, "a channel is in " + places + " queues for data");
            Violation.unless(channel.inData == (places == 1), "inData is wrong");
        }
    }

    static void checkEmpty(Session session, SessionConfig config) {
        Violation.unless(session.liveCount() == 0, "stuck: " + session.liveCount() + " exchanges are remembered");
        Violation.unless(growth(session, "windows") == config.growth(), "growth does not come back");
        Violation.unless(growth(session, "held") == config.growth(), "memory does not come back");
        Violation.unless(!session.output().isDue(), "something is due for ever");
        Numbers numbers = (Numbers) Private.part(session, "numbers");
        Violation.unless(
                config.client() || Private.number(numbers, "over") == numbers.highest(), "a place does not come back");
        if (Private.flag(session, "connected")) {
            long counted = Private.number(Private.part(data(session), "flight"), "underWay");
            Violation.unless(counted == 0, counted + " bytes stay under way");
        }
    }

    /** Reads and writes private fields. */
    static final class Private {
        private static final ClassValue<Map<String, Field>> FIELDS = new ClassValue<>() {
            @Override
            protected Map<String, Field> computeValue(Class<?> type) {
                Map<String, Field> fields = new HashMap<>();
                for (Field field : type.getDeclaredFields()) {
                    field.setAccessible(true);
                    fields.put(field.getName(), field);
                }
                return fields;
            }
        };

        private Private() {}

        private static Field field(Object of, String name) {
            Field field = FIELDS.get(of.getClass()).get(name);
            if (field == null) {
                throw new IllegalStateException(of.getClass() + " has no field " + name);
            }
            return field;
        }

        static long number(Object of, String name) {
            try {
                return field(of, name).getLong(of);
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }

        static boolean flag(Object of, String name) {
            try {
                return field(of, name).getBoolean(of);
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }

        static Object part(Object of, String name) {
            try {
                return field(of, name).get(of);
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }

        static void set(Object of, String name, Object value) {
            try {
                field(of, name).set(of, value);
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
    }
}
