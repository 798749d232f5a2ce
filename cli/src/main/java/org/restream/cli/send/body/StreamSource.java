package org.restream.cli.send.body;

import java.io.IOException;
import java.io.InputStream;
import org.restream.cli.command.Causes;
import org.restream.cli.command.CommandException;
import org.restream.cli.command.ExitStatus;

/** A stream. Whether its end is that of what was meant to be said, a stream can't tell. */
public record StreamSource(InputStream in, String name) implements Source {
    @Override
    public int read(byte[] piece) throws CommandException {
        try {
            return in.read(piece);
        } catch (IOException e) {
            throw new CommandException(ExitStatus.LOCAL, "can't read " + name + ": " + Causes.line(e), e);
        }
    }

    /** It ends with the process: to close what another thread reads may wait for that. */
    @Override
    public void close() {}
}
