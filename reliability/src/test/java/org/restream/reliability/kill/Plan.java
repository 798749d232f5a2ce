package org.restream.reliability.kill;

/**
 * The plan of a receiver.
 *
 * @param mark the number of bytes after which it reports that
 * @param pause whether it then stops reading, until it is told to go on
 * @param unread how many bytes it sends that the sender does not read; with 0 a server sends nothing before the end,
 *     not even its header
 * @param flood whether it sends an endless request, for a server to echo
 */
record Plan(long mark, boolean pause, int unread, boolean flood) {
    static Plan readAll() {
        return new Plan(1, false, 0, false);
    }
}
