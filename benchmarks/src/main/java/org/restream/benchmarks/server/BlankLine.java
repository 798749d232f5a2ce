package org.restream.benchmarks.server;

/** Finds the end of the header: all that the leanest server has to know of it. */
public final class BlankLine {
    private boolean found;
    private boolean newline;

    /** Takes a byte, unless the blank line was found already. */
    public boolean takes(byte next) {
        if (found) {
            return false;
        }
        found = next == '\n' && newline;
        newline = next == '\n';
        return true;
    }

    public boolean found() {
        return found;
    }
}
