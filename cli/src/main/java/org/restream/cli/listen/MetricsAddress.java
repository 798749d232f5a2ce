package org.restream.cli.listen;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.restream.cli.command.Printable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where metrics are served.
 *
 * @param host a name or an address, an IPv6 address without brackets
 * @param port 0 for any that is free
 */
record MetricsAddress(String host, int port) {
    private static final Pattern FORM = Pattern.compile(
            "(?:\\[(?<v6>[0-9A-Fa-f:.]*:[0-9A-Fa-f:.%a-z]*)]|(?<host>[^:\\[\\]/\\s]+)):(?<port>[0-9]{1,9})");

    private static final int MOST = 65_535;

    static final class Converter implements ITypeConverter<MetricsAddress> {
        @Override
        public MetricsAddress convert(String text) {
            Matcher parts = FORM.matcher(text);
            if (!parts.matches()) {
                throw new TypeConversionException(
                        "'" + Printable.of(text) + "' is not HOST:PORT or [IPv6]:PORT, as in 127.0.0.1:9464");
            }
            int port = Integer.parseInt(parts.group("port"));
            if (port > MOST) {
                throw new TypeConversionException(
                        "'" + Printable.of(text) + "': the port must be 0 to " + MOST + ", not " + port);
            }
            String v6 = parts.group("v6");
            return new MetricsAddress(v6 == null ? parts.group("host") : v6, port);
        }
    }
}
