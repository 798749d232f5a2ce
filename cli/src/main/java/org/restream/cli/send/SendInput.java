package org.restream.cli.send;

import java.util.function.Consumer;
import org.restream.Header;
import org.restream.cli.command.CommandException;
import org.restream.cli.send.body.Body;

/**
 * One thing to send.
 *
 * @param label what its messages begin with; empty for none
 * @param header its header
 * @param opener opens it
 */
record SendInput(String label, HeaderSource header, Opener opener) {
    /** Makes its header: anew for each exchange, since a file's size may have changed. */
    interface HeaderSource {
        /**
         * @param size how many bytes will be sent; -1 where that is not known
         */
        Header get(long size);
    }

    /** Opens a body. */
    interface Opener {
        /**
         * Opens it.
         *
         * @param failed is told where it fails later, by itself
         */
        Body open(Consumer<CommandException> failed) throws CommandException;
    }
}
