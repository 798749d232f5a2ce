package org.restream.internal.client;

/**
 * Where a client stands.
 *
 * @param server the index of the server to try
 * @param attempt the number of the attempt, from 1
 * @param failures how many attempts in a row have failed before it
 */
record Position(int server, long attempt, int failures) {
    static final Position START = new Position(0, 1, 0);
}
