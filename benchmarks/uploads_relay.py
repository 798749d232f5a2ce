"""The relay of ./benchmarks/uploads: it passes connections on, cuts them, and counts."""
import select
import socket
import struct
import threading
import time

PIECE = 256 << 10
FLOWS = 64 << 10  # when so much has passed after a cut, data flows again
SERVER, RELAY = '127.0.0.1', '127.0.0.2'  # FTP names ports, not addresses: the relay has the same ports elsewhere


class Direction:
    """The bytes from one socket to the other."""

    def __init__(self, pair, source, target, upward):
        self.pair, self.source, self.target, self.upward = pair, source, target, upward
        self.buffer = memoryview(bytearray(PIECE))
        self.pending = self.buffer[:0]
        self.ended = False

    def read(self, most):
        count = self.source.recv_into(self.buffer[:most])
        self.pending = self.buffer[:count]
        if count == 0:
            self.ended = True
            self.target.shutdown(socket.SHUT_WR)

    def write(self):
        count = self.target.send(self.pending)
        self.pending = self.pending[count:]
        return count


class Relay(threading.Thread):
    """Passes connections on, and cuts them."""

    def __init__(self, ports, cuts):
        super().__init__(daemon=True)
        self.cuts = list(cuts)
        self.passed = self.since = 0
        self.cut_at = None
        self.returns = []  # seconds from each cut until data flows again
        self.pairs, self.stopped = [], False
        self.listeners = {socket.create_server((RELAY, port)): port for port in ports}

    def run(self):
        while not self.stopped:
            moving = [d for pair in self.pairs for d in pair]
            reading = {d.source: d for d in moving if not d.pending and not d.ended}
            writing = {d.target: d for d in moving if d.pending}
            ready = select.select([*self.listeners, *reading], [*writing], [], 0.1)
            for listener in self.listeners.keys() & set(ready[0]):
                self.accept(listener)
            for d in [writing[s] for s in ready[1]] + [reading[s] for s in ready[0] if s in reading]:
                if d.pair in self.pairs:
                    self.move(d)
        self.reset(self.pairs)
        for listener in self.listeners:
            listener.close()

    def accept(self, listener):
        client, _ = listener.accept()
        try:
            server = socket.create_connection((SERVER, self.listeners[listener]), 5)
        except OSError:
            client.close()
            return
        pair = []
        pair += [Direction(pair, client, server, True), Direction(pair, server, client, False)]
        for one in (client, server):
            one.setblocking(False)
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.pairs.append(pair)

    def move(self, d):
        try:
            if not d.pending:
                d.read(min(PIECE, self.cuts[0] - self.since) if d.upward and self.cuts else PIECE)
            count = d.write() if d.pending else 0
        except BlockingIOError:
            return
        except OSError:
            self.reset([d.pair])
            return
        if d.upward:
            self.count(count)
        if all(one.ended and not one.pending for one in d.pair):
            self.close(d.pair)

    def count(self, count):
        self.passed += count
        self.since += count
        if self.cut_at and self.since >= FLOWS:
            self.returns.append(time.monotonic() - self.cut_at)
            self.cut_at = None
        if self.cuts and self.since >= self.cuts[0]:
            self.reset(self.pairs)
            self.cut_at = time.monotonic()
            self.since = 0
            del self.cuts[0]

    def reset(self, pairs):
        for pair in list(pairs):
            for d in pair:
                d.source.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
            self.close(pair)

    def close(self, pair):
        self.pairs = [other for other in self.pairs if other is not pair]
        for d in pair:
            d.source.close()

    def stop(self):
        self.stopped = True
        self.join()
