package org.restream.cli.send.body;

import java.io.IOException;
import java.io.InputStream;
import org.restream.cli.command.Causes;
import org.restream.cli.command.CommandException;
import org.restream.cli.command.ExitStatus;

/** A stream. It can't report whether its writer has finished or failed. */
public record StreamSource(InputStream in, String name) implements Source {
    @Override
    public int read(byte[] piece) throws CommandException {
        try {
            return in.read(piece);
        } catch (IOException e) {
            throw new CommandException(ExitStatus.LOCAL, "can't read " + name + ": " + Causes.line(e), e);
        }
    }

    /** Does nothing: closing a stream while another thread reads it may block. It ends with the process. */
    @Override
    public void close() {}
}
