package org.restream.reliability.blackbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The plan of a transfer: the producer and its speed, what is in between, the receiver, and what happens meanwhile. Its
 * text is {@code name=value …} without default values, and can be parsed again.
 */
final class Plan {
    private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("seed", "0");
        DEFAULTS.put("family", "plain");
        // the Java version of sender and receiver, such as 17; by default the first available one
        DEFAULTS.put("jdk", "any");
        DEFAULTS.put("peer", "any");
        DEFAULTS.put("source", "cat");
        DEFAULTS.put("size", "0");
        DEFAULTS.put("piece", "65536");
        DEFAULTS.put("pause", "0"); // ms
        DEFAULTS.put("files", "1");
        DEFAULTS.put("jobs", "1");
        DEFAULTS.put("named", "true"); // stdin has a name in its header
        DEFAULTS.put("spool", "true");
        DEFAULTS.put("tls", "false");
        DEFAULTS.put("wait", "50"); // ms, --timeout
        DEFAULTS.put("tries", "0"); // --max-failures
        DEFAULTS.put("limit", "0"); // ms, --max-time
        DEFAULTS.put("idle", "0"); // ms, --idle-timeout of the sender
        DEFAULTS.put("sink", "output");
        DEFAULTS.put("reader", "all"); // of the answer, or of what listen writes: all, head:BYTES, slow, full (a disk)
        DEFAULTS.put(
                "first", "none"); // the server that is named first: dead refuses, vacant ends each connection at once
        DEFAULTS.put("relay", "none");
        DEFAULTS.put("direction", "up"); // which way a relay of ours does harm: up is the request's
        DEFAULTS.put("at", "0"); // after so many bytes
        DEFAULTS.put("half", "false"); // only who receives them sees the end; the rest is taken and dropped
        DEFAULTS.put("times", "1"); // to so many connections; 0: to each
        DEFAULTS.put("linger", "10"); // s, what socat waits for the second direction's end
        DEFAULTS.put("blow", "none"); // WHO:SIGNAL
        DEFAULTS.put("when", "ms:0"); // or fed:BYTES, up:BYTES, down:BYTES
        DEFAULTS.put("then", "0"); // ms, after which who was struck goes on or comes back
        DEFAULTS.put("late", "0"); // ms, after which the receiver comes
        DEFAULTS.put("probes", "0"); // connections without a byte
        DEFAULTS.put("bound", "0"); // ms that it may take; 0: what is enough for it
    }

    private final Map<String, String> values;

    private Plan(Map<String, String> values) {
        this.values = values;
    }

    static Plan empty() {
        return new Plan(Map.of());
    }

    static Plan parse(String text) {
        Plan plan = empty();
        for (String each : text.strip().split("\\s+")) {
            String[] pair = each.split("=", 2);
            if (pair.length < 2) {
                throw new IllegalArgumentException("a plan is NAME=VALUE …, not \"" + each + "\"");
            }
            plan = plan.with(pair[0], pair[1]);
        }
        return plan;
    }

    Plan with(String name, Object value) {
        if (!DEFAULTS.containsKey(name)) {
            throw new IllegalArgumentException("a plan has no \"" + name + "\", but " + DEFAULTS.keySet());
        }
        Map<String, String> changed = new LinkedHashMap<>(values);
        String text = value instanceof Enum<?> constant ? Names.of(constant) : value.toString();
        if (text.equals(DEFAULTS.get(name))) {
            changed.remove(name);
        } else {
            changed.put(name, text);
        }
        return new Plan(changed);
    }

    Plan without(String name) {
        return with(name, DEFAULTS.get(name));
    }

    Map<String, String> values() {
        return values;
    }

    String text(String name) {
        String value = values.getOrDefault(name, DEFAULTS.get(name));
        if (value == null) {
            throw new IllegalArgumentException(name);
        }
        return value;
    }

    long number(String name) {
        return Long.parseLong(text(name));
    }

    int count(String name) {
        return Math.toIntExact(number(name));
    }

    boolean is(String name) {
        return Boolean.parseBoolean(text(name));
    }

    long seed() {
        return number("seed");
    }

    Source source() {
        return Names.parse(Source.class, text("source"));
    }

    Sink sink() {
        return Names.parse(Sink.class, text("sink"));
    }

    Relay relay() {
        return Names.parse(Relay.class, text("relay"));
    }

    boolean isReadToTheEnd() {
        return !text("reader").startsWith("head:");
    }

    @Override
    public String toString() {
        return DEFAULTS.keySet().stream()
                .filter(values::containsKey)
                .map(name -> name + "=" + values.get(name))
                .collect(Collectors.joining(" "));
    }
}
