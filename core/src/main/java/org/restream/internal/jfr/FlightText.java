package org.restream.internal.jfr;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.restream.FailureKind;
import org.restream.internal.jfr.ExchangeFlight.Side;
import org.restream.internal.text.Printable;
import org.restream.internal.text.SafeText;

/** Texts of events. */
final class FlightText {
    private FlightText() {}

    /** The numeric address, since looking up a name would take time. */
    static String of(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        String host = ip == null ? address.getHostString() : ip.getHostAddress();
        return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + address.getPort();
    }

    static String of(Side side) {
        return side.name().toLowerCase(Locale.ROOT);
    }

    static @Nullable String of(@Nullable FailureKind kind) {
        return kind == null ? null : kind.name().toLowerCase(Locale.ROOT);
    }

    /** A peer's text may be in it. */
    static @Nullable String of(@Nullable Throwable cause) {
        return cause == null ? null : Printable.whole(SafeText.message(cause));
    }

    /** What became of an exchange. */
    static String outcome(@Nullable FailureKind kind) {
        if (kind == null) {
            return "completed";
        }
        return isLoss(kind)
                ? "lost"
                : kind == FailureKind.HANDLER ? "failed" : kind.name().toLowerCase(Locale.ROOT);
    }

    /** Whether an exchange of this kind was lost, and not ended by somebody's wish or code. */
    static boolean isLoss(FailureKind kind) {
        return switch (kind) {
            case REFUSED, HANDLER, ABORTED, CLOSED -> false;
            default -> true;
        };
    }
}
