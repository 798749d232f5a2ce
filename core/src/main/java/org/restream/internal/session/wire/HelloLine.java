package org.restream.internal.session.wire;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.restream.MalformedHeaderException;
import org.restream.internal.text.Printable;
import org.restream.internal.wire.JsonText;

/** A first line, to and from its text. */
final class HelloLine {
    private static final Pattern LINE =
            Pattern.compile("restream/([1-9][0-9]{0,2}) ([a-z]{1,16}) (.*)", Pattern.DOTALL);
    private static final int MIN_MAX_FRAME = 1_024;

    private HelloLine() {}

    /**
     * Reads a line.
     *
     * @param line without its line feed
     */
    static Hello parse(String line) throws ProtocolException {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            // without its fields, of which one may be a key
            int end = line.indexOf('{');
            throw new ProtocolException("the first line is not \"restream/VERSION VERB JSON\": \""
                    + Printable.of(end < 0 ? line : line.substring(0, end)) + '"');
        }
        int version = Integer.parseInt(parts.group(1));
        String verb = parts.group(2);
        if (version != Hello.VERSION && !verb.equals("refuse")) {
            return new Hello.OtherVersion(version, verb);
        }
        return switch (verb) {
            case "new" -> newSession(fields(parts.group(3)));
            case "resume" -> resume(fields(parts.group(3)));
            case "welcome" -> welcome(fields(parts.group(3)));
            case "refuse" -> refuse(fields(parts.group(3)));
            default -> throw new ProtocolException("verb \"" + verb + "\" is none of new, resume, welcome and refuse");
        };
    }

    private static HelloFields fields(String json) throws ProtocolException {
        try {
            return new HelloFields(JsonText.read("first line's third part", json));
        } catch (MalformedHeaderException e) {
            throw new ProtocolException(String.valueOf(e.getMessage()));
        }
    }

    private static Hello newSession(HelloFields in) throws ProtocolException {
        return new Hello.New(
                in.session(),
                in.key(),
                in.number("epoch", 1, 1),
                in.smallNumber("keepMs", 0, FrameLimits.MAX_INT),
                in.smallNumber("beatMs", 1, FrameLimits.MAX_INT),
                in.number("window", 1, FrameLimits.MAX_NUMBER),
                in.smallNumber("maxFrame", MIN_MAX_FRAME, FrameLimits.MAX_MAX_FRAME));
    }

    private static Hello resume(HelloFields in) throws ProtocolException {
        return new Hello.Resume(
                in.session(),
                in.memory(),
                in.number("epoch", 2, FrameLimits.MAX_NUMBER),
                in.proof(),
                in.smallNumber("lostMs", 0, FrameLimits.MAX_INT, 0));
    }

    private static Hello welcome(HelloFields in) throws ProtocolException {
        Hello.Welcome welcome = new Hello.Welcome(
                in.memory(),
                in.number("epoch", 1, FrameLimits.MAX_NUMBER),
                in.smallNumber("keepMs", 0, FrameLimits.MAX_INT),
                in.smallNumber("beatMs", 1, FrameLimits.MAX_INT),
                in.number("window", 1, FrameLimits.MAX_NUMBER),
                in.smallNumber("maxFrame", MIN_MAX_FRAME, FrameLimits.MAX_MAX_FRAME),
                in.number("exchanges", 0, FrameLimits.MAX_NUMBER),
                in.number("seen", 0, FrameLimits.MAX_NUMBER),
                in.proof());
        if (welcome.seen() > welcome.exchanges()) {
            throw new ProtocolException(
                    "field \"seen\" is " + welcome.seen() + ", and not at most \"exchanges\", " + welcome.exchanges());
        }
        return welcome;
    }

    private static Hello refuse(HelloFields in) throws ProtocolException {
        return new Hello.Refuse(
                in.word("code"),
                in.text("text"),
                in.memoryIfThere(),
                in.smallNumber("retryMs", 0, FrameLimits.MAX_INT, -1),
                in.versions("speaks"),
                in.left("exchanges"));
    }

    /** The line with its line feed. */
    static String of(Hello hello) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        int version = Hello.VERSION;
        String verb;
        if (hello instanceof Hello.New it) {
            verb = "new";
            fields.put("session", it.session().text());
            fields.put("key", it.key().text());
            fields.put("epoch", it.epoch());
            promises(fields, it.keepMillis(), it.beatMillis(), it.window(), it.maxFrame());
        } else if (hello instanceof Hello.Resume it) {
            verb = "resume";
            fields.put("session", it.session().text());
            fields.put("memory", it.memory().text());
            fields.put("epoch", it.epoch());
            fields.put("proof", it.proof().text());
            fields.put("lostMs", it.lostMillis());
        } else if (hello instanceof Hello.Welcome it) {
            verb = "welcome";
            fields.put("memory", it.memory().text());
            fields.put("epoch", it.epoch());
            promises(fields, it.keepMillis(), it.beatMillis(), it.window(), it.maxFrame());
            fields.put("exchanges", it.exchanges());
            fields.put("seen", it.seen());
            fields.put("proof", it.proof().text());
        } else if (hello instanceof Hello.Refuse it) {
            verb = "refuse";
            refuse(fields, it);
        } else {
            Hello.OtherVersion it = (Hello.OtherVersion) hello;
            version = it.version();
            verb = it.verb();
        }
        String line = "restream/" + version + ' ' + verb + ' ' + JsonText.write(fields) + '\n';
        int length = line.getBytes(StandardCharsets.UTF_8).length;
        if (length > Hello.MAX_LINE) {
            throw new IllegalArgumentException("a first line of " + length + " bytes is longer than " + Hello.MAX_LINE);
        }
        return line;
    }

    private static void promises(
            Map<String, @Nullable Object> fields, int keepMillis, int beatMillis, long window, int maxFrame) {
        fields.put("keepMs", keepMillis);
        fields.put("beatMs", beatMillis);
        fields.put("window", window);
        fields.put("maxFrame", maxFrame);
    }

    private static void refuse(Map<String, @Nullable Object> fields, Hello.Refuse refuse) {
        fields.put("code", refuse.code());
        if (!refuse.text().isEmpty()) {
            fields.put("text", refuse.text());
        }
        if (refuse.memory() != null) {
            fields.put("memory", refuse.memory().text());
        }
        if (refuse.retryMillis() >= 0) {
            fields.put("retryMs", refuse.retryMillis());
        }
        if (!refuse.speaks().isEmpty()) {
            fields.put("speaks", refuse.speaks());
        }
        if (!refuse.exchanges().isEmpty()) {
            fields.put(
                    "exchanges",
                    refuse.exchanges().stream()
                            .map(left -> List.of(left.exchange(), left.state()))
                            .collect(Collectors.toList()));
        }
    }
}
