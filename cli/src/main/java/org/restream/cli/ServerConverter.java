package org.restream.cli;

import org.restream.ServerAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Server addresses: host, host:port or [IPv6]:port. */
final class ServerConverter implements ITypeConverter<ServerAddress> {
    @Override
    public ServerAddress convert(String text) {
        try {
            return ServerAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
