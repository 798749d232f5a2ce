package org.restream.cli;

import java.io.IOException;
import java.io.InputStream;

/** A stream. Whether its end is that of what was meant to be said, a stream can't tell. */
record StreamSource(InputStream in, String name) implements Source {
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
