package org.restream.internal.session;

import java.util.ArrayList;
import java.util.List;

/** One connection: what is under way on it each way, and who has noticed its end. */
final class Wire {
    final int epoch;
    final List<Frame> toServer;
    final List<Frame> toClient;
    /** It is broken: what is sent from now on is lost. */
    boolean broken;

    boolean clientHolds = true;
    boolean serverHolds = true;

    Wire(int epoch) {
        this.epoch = epoch;
        toServer = new ArrayList<>();
        toClient = new ArrayList<>();
    }

    Wire(Wire from) {
        epoch = from.epoch;
        toServer = new ArrayList<>(from.toServer);
        toClient = new ArrayList<>(from.toClient);
        broken = from.broken;
        clientHolds = from.clientHolds;
        serverHolds = from.serverHolds;
    }

    List<Frame> to(boolean client) {
        return client ? toClient : toServer;
    }

    void send(boolean toTheClient, Frame frame) {
        if (!broken && (toTheClient ? clientHolds : serverHolds)) {
            to(toTheClient).add(frame);
        }
    }

    void leftByClient() {
        clientHolds = false;
        toClient.clear();
    }

    void leftByServer() {
        serverHolds = false;
        toServer.clear();
    }

    boolean isOver() {
        return !clientHolds && !serverHolds;
    }

    void addTo(Digest digest) {
        digest.add(epoch * 8L + (broken ? 1 : 0) + (clientHolds ? 2 : 0) + (serverHolds ? 4 : 0));
        digest.add(toServer.size());
        toServer.forEach(frame -> frame.addTo(digest));
        digest.add(toClient.size());
        toClient.forEach(frame -> frame.addTo(digest));
    }
}
