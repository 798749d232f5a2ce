package org.restream.cli.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Reads lines of UTF-8 to their end. A line that is too long is split. An error in handling a line does not stop it,
 * because the writer of the lines would then block.
 */
public final class LinePump {
    private static final int LONGEST = 8 * 1024;

    private final ReadableByteChannel in;
    private final Consumer<String> to;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    public LinePump(ReadableByteChannel in, Consumer<String> to) {
        this.in = in;
        this.to = to;
    }

    public void run() throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(LONGEST);
        while (in.read(piece) >= 0) {
            piece.flip();
            while (piece.hasRemaining()) {
                take(piece.get());
            }
            piece.clear();
        }
        if (line.size() > 0) {
            tell();
        }
    }

    private void take(byte next) {
        if (next == '\n') {
            tell();
            return;
        }
        line.write(next);
        if (line.size() == LONGEST) {
            tell();
        }
    }

    private void tell() {
        try {
            to.accept(line.toString(StandardCharsets.UTF_8));
        } catch (Throwable e) {
            tellMissing(e);
        }
        line.reset();
    }

    private void tellMissing(Throwable why) {
        try {
            to.accept("a line is missing here: " + why);
        } catch (Throwable e) {
            // not even this line can be reported
            return;
        }
    }
}
