package org.restream;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.restream.internal.proxy.Network;
import org.restream.internal.text.Printable;

/** Validates option values. Every message names the option, the rule and the value. */
final class Check {
    /** About 292 years, the longest duration that fits into a long of nanoseconds. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Check() {}

    static <T> T notNull(String name, T value) {
        return Objects.requireNonNull(value, () -> name + " must not be null");
    }

    static int atLeast(String name, int least, int value) {
        return inRange(name, least, Integer.MAX_VALUE, value);
    }

    static int inRange(String name, int least, int most, int value) {
        if (value < least || value > most) {
            String rule = most == Integer.MAX_VALUE ? least + " or more" : least + " to " + most;
            throw new IllegalArgumentException(name + " must be " + rule + ", not " + value);
        }
        return value;
    }

    static double fraction(String name, double value) {
        // this form rejects NaN too
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be from 0 to 1, not " + value);
        }
        return value;
    }

    static Duration notNegative(String name, Duration value) {
        notNull(name, value);
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + value);
        }
        return countable(name, value);
    }

    static Duration positive(String name, Duration value) {
        notNull(name, value);
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be more than 0, not " + value);
        }
        return countable(name, value);
    }

    static String host(String name, String value) {
        notNull(name, value);
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name + " must not be empty");
        }
        if (value.codePoints().anyMatch(Check::isNoHostCharacter)) {
            throw new IllegalArgumentException(
                    name + " must be a host name or an IP address, not \"" + Printable.of(value) + '"');
        }
        return value;
    }

    /** One or more IP addresses and networks. */
    static List<String> networks(String name, String... values) {
        List<String> copied = Stream.of(notNull(name, values))
                .map(value -> notNull("an address of " + name, value))
                .toList();
        atLeast("the number of addresses of " + name, 1, copied.size());
        try {
            List<Network> unused = Network.parse(copied);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " must be IP addresses and networks: " + e.getMessage(), e);
        }
        return copied;
    }

    static SSLContext tls(String name, SSLContext value) {
        notNull(name, value);
        if (Boolean.getBoolean("jdk.tls.acknowledgeCloseNotify")) {
            throw new IllegalArgumentException(
                    name + " can't be used while the system property jdk.tls.acknowledgeCloseNotify is true: the JVM"
                            + " then ends our message when the peer ends its own");
        }
        if (!versions(name, value).contains("TLSv1.3")) {
            throw new IllegalArgumentException(
                    name + " must support TLSv1.3, but supports only " + versions(name, value));
        }
        return value;
    }

    /** Checks the first context that it supplies. */
    static Supplier<SSLContext> tlsFrom(String name, Supplier<SSLContext> value) {
        tls("the context of " + name, notNull(name, value).get());
        return value;
    }

    private static List<String> versions(String name, SSLContext value) {
        try {
            return List.of(value.getSupportedSSLParameters().getProtocols());
        } catch (IllegalStateException | UnsupportedOperationException e) {
            throw new IllegalArgumentException(name + " must be initialised (SSLContext.init): " + e.getMessage(), e);
        }
    }

    private static boolean isNoHostCharacter(int c) {
        return Character.isWhitespace(c) || Character.isISOControl(c) || "/\\@[]?#,\"'".indexOf(c) >= 0;
    }

    private static Duration countable(String name, Duration value) {
        if (value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " must be at most 292 years, not " + value);
        }
        return value;
    }
}
