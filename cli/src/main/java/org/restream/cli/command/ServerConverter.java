package org.restream.cli.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.restream.ServerAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses server addresses: host, host:port or [IPv6]:port. */
public final class ServerConverter implements ITypeConverter<ServerAddress> {
    private static final Pattern URL = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)([^/?#]*).*");
    private static final Pattern TWO_WORDS = Pattern.compile("(\\S+)\\s+([0-9]{1,5})");

    @Override
    public ServerAddress convert(String text) {
        try {
            return ServerAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(hint(text, String.valueOf(e.getMessage())));
        }
    }

    /** A hint for the notations of other tools. */
    private static String hint(String text, String otherwise) {
        String said = "'" + Printable.of(text) + "' is not a server address (host, host:port or [IPv6]:port): ";
        Matcher url = URL.matcher(text);
        if (url.matches()) {
            return said + "leave " + url.group(1) + " out, as in " + Printable.of(url.group(2));
        }
        Matcher words = TWO_WORDS.matcher(text);
        if (words.matches()) {
            return said + "a port follows a colon, as in " + Printable.of(words.group(1)) + ":" + words.group(2);
        }
        return otherwise;
    }
}
