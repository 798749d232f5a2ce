package org.restream.cli.send;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.cli.command.CommandException;
import org.restream.cli.send.body.Body;

/**
 * One thing to send.
 *
 * @param label the beginning of its messages; empty for none
 * @param header makes its header
 * @param opener opens its body
 * @param upload the file, if it is sent as an upload that goes on; null if not
 */
record SendInput(
        String label,
        HeaderSource header,
        Opener opener,
        @Nullable Path upload) {
    /** One that is sent again from its start after a loss. */
    SendInput(String label, HeaderSource header, Opener opener) {
        this(label, header, opener, null);
    }

    /** Makes the header, for each exchange anew, because a file's size may have changed. */
    interface HeaderSource {
        /**
         * @param size how many bytes will be sent; -1 if that is not known
         */
        Header get(long size);
    }

    /** Opens a body. */
    interface Opener {
        /**
         * Opens the body.
         *
         * @param failed is called if reading it in the background fails later
         */
        Body open(Consumer<CommandException> failed) throws CommandException;
    }
}
