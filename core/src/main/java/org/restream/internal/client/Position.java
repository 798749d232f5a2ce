package org.restream.internal.client;

/**
 * Where a client stands.
 *
 * @param server the index of the server to try
 * @param attempt the number of the attempt, from 1
 * @param failures how many attempts in a row have failed before it
 * @param failedOfPass how many servers have failed since the last wait or completed exchange; counts with fastFailover only
 */
record Position(int server, long attempt, int failures, int failedOfPass) {
    static final Position START = new Position(0, 1, 0, 0);
}
