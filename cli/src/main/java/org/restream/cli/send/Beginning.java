package org.restream.cli.send;

import java.nio.ByteBuffer;
import org.restream.cli.command.CommandException;
import org.restream.cli.command.Digest;
import org.restream.cli.send.body.Body;
import org.restream.cli.send.body.BodyReader;

/** Reads the first bytes of a body again. */
final class Beginning {
    private static final int PIECE = 64 * 1024;

    private Beginning() {}

    /** The digest of the first {@code size} bytes; of fewer if the body can't be read any more. */
    static Digest of(Body body, long size) {
        Digest.Builder digest = new Digest.Builder();
        try (BodyReader reader = body.reader()) {
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            long left = size;
            while (left > 0) {
                int count = reader.read(piece.clear().limit((int) Math.min(PIECE, left)));
                if (count < 0) {
                    break;
                }
                digest.add(piece.array(), count);
                left -= count;
            }
        } catch (CommandException e) {
            // the body has changed since it was sent, so an answer can't be compared with it
            return digest.build();
        }
        return digest.build();
    }
}
