package org.restream.reliability.kill;

/**
 * What a receiver does.
 *
 * @param mark after so many bytes it says so
 * @param pause whether it reads no more then, until it is told to go on
 * @param unread how many bytes it sends that nobody asked for; with 0 a server says nothing before the end, not even its header
 * @param flood whether it sends a request without end, for a server to echo
 */
record Plan(long mark, boolean pause, int unread, boolean flood) {
    static Plan readAll() {
        return new Plan(1, false, 0, false);
    }
}
