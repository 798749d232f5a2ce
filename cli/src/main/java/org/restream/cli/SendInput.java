package org.restream.cli;

import java.util.function.Consumer;

/**
 * One thing to send.
 *
 * @param label what its messages begin with; empty for none
 * @param header its header
 * @param opener opens it
 */
record SendInput(String label, SendJob.HeaderSource header, Opener opener) {
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
