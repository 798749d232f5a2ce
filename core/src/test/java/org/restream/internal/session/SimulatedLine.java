package org.restream.internal.session;

/** One connection of a {@link Simulation}, with what is under way on it. */
final class SimulatedLine {
    final int epoch;
    final boolean resumes;
    final ByteQueue toServer;
    final ByteQueue toClient;
    /** The first lines: the server has read the client's, and the client the server's. */
    boolean helloRead;

    boolean welcomeSent;
    boolean welcomeRead;
    long allowed;
    boolean broken;
    boolean clientLeft;
    boolean stalledToServer;
    boolean stalledToClient;

    SimulatedLine(int epoch, boolean resumes, int capacity) {
        this.epoch = epoch;
        this.resumes = resumes;
        toServer = new ByteQueue(capacity);
        toClient = new ByteQueue(capacity);
    }
}
