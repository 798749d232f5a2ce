#!/usr/bin/env python3
"""A model of the session protocol (docs/session.md): one client, a server or two behind one address, the exchanges of one program.

Looks at every interleaving of: frames sent and received, acks, connections cut with any part of what is under way lost in each
direction, losses that one side notices late, a live connection that the client gives up and whose bytes still arrive, cancelled
exchanges, a server that loses its memory, a session whose time runs out. A message is a few units, the last one is its end.

Checks, in each state: no handler is called twice; "completed" only where the handler has finished and each unit came once, in order;
"never started" only where it was not called; "unknown" only where the server lost something; two right peers never break the
protocol. And from each state an end can be reached.

Mutants break one rule each, and must be found. See README.md.
"""
import argparse
import sys
from collections import deque
from typing import NamedTuple


class Broken(Exception):
    """A check failed."""


class Ours(NamedTuple):
    """An exchange at the client."""
    num: int = 0        # its number in the session; 0: not opened
    sent: int = 0       # units of the request sent on this connection or had by the server
    acked: int = 0      # units that the server has
    recv: int = 0       # units of the response
    told: int = 0       # units of the response acknowledged on this connection
    cut: int = 0        # 1 cancelled, 2 X sent on this connection, 3 answered
    listed: int = 0     # the server has listed it on this connection
    gone: int = 0       # forgotten
    out: str = ""       # what the program was told


class Client(NamedTuple):
    sid: int            # which id is used
    epoch: int
    conn: int           # index of the connection, or -1
    memory: int         # of the session's welcome; -1: none came
    synced: int         # the server's listing is complete
    top: int            # the highest number that the server has seen, or was sent here
    ex: tuple


class Theirs(NamedTuple):
    """An exchange at the server."""
    who: int            # whose handler
    open: int = 1
    recv: int = 0
    sent: int = 0
    acked: int = 0
    made: int = 0       # units that the handler has written
    told: int = 0
    listed: int = 0


class Session(NamedTuple):
    """At the server."""
    epoch: int
    conn: int
    synced: int
    ex: tuple           # by number


class Conn(NamedTuple):
    up: tuple = ()      # under way to the server
    down: tuple = ()
    copen: int = 1      # the client holds it open
    sopen: int = 1
    cut: int = 0
    server: int = 0     # whom it leads to
    sid: int = -1       # whose it is, once the server has taken it


class Server(NamedTuple):
    memory: int         # its memory id
    sessions: tuple     # by id, or None


class World(NamedTuple):
    c: Client
    servers: tuple
    calls: tuple        # how often each handler was called
    done: tuple         # whether it has finished
    conns: tuple
    cuts: int
    lost: int           # memories and sessions
    resumes: int        # attempts to resume
    attempts: int       # attempts with a new session
    cancels: int


def put(items, i, item):
    return items[:i] + (item,) + items[i + 1:]


class Model:
    def __init__(self, a, mutants):
        self.a, self.mutants = a, mutants
        # an attempt follows a cut, a loss, or a refusal after a loss; a new session the start, a cut or a loss
        self.resumes = a.cuts + 2 * a.losses + (a.servers - 1)
        self.attempts = ids = 1 + a.cuts + a.losses + (a.servers - 1)
        client = Client(-1, 0, -1, -1, 0, 0, (Ours(),) * a.exchanges)
        servers = tuple(Server(i, (None,) * ids) for i in range(a.servers))
        self.first = World(client, servers, (0,) * a.exchanges, (0,) * a.exchanges, (), 0, 0, 0, 0, 0)

    def has(self, mutant):
        return mutant in self.mutants

    # -- connections

    def up(self, w, *frames):
        i = w.c.conn
        c = w.conns[i]
        return w if c.cut or not c.sopen else w._replace(conns=put(w.conns, i, c._replace(up=c.up + frames)))

    def down(self, w, i, *frames):
        c = w.conns[i]
        return w if c.cut or not c.copen else w._replace(conns=put(w.conns, i, c._replace(down=c.down + frames)))

    def close_server_side(self, w, i):
        return w._replace(conns=put(w.conns, i, w.conns[i]._replace(sopen=0, up=())))

    def leave(self, w):
        """The client has no connection any more; what it sent may still arrive."""
        i = w.c.conn
        return w._replace(c=w.c._replace(conn=-1, synced=0), conns=put(w.conns, i, w.conns[i]._replace(copen=0, down=())))

    def tidy(self, w):
        """Forgets connections of which nothing can come any more, so that equal worlds are equal."""
        keep = [i for i, c in enumerate(w.conns) if c.copen or c.sopen]
        if len(keep) == len(w.conns):
            return w
        new = {old: i for i, old in enumerate(keep)}
        servers = tuple(v._replace(sessions=tuple(s and s._replace(conn=new.get(s.conn, -1)) for s in v.sessions))
                        for v in w.servers)
        return w._replace(c=w.c._replace(conn=new.get(w.c.conn, -1)), servers=servers,
                          conns=tuple(w.conns[i] for i in keep))

    # -- the client

    def ours(self, w, i, **changes):
        return w._replace(c=w.c._replace(ex=put(w.c.ex, i, w.c.ex[i]._replace(**changes))))

    def dial(self, w):
        c = w.c
        if c.conn >= 0 or all(x.gone for x in c.ex):
            return
        for v in range(len(w.servers)):
            yield from self.dial_to(w._replace(conns=w.conns + (Conn(server=v),)), c)

    def dial_to(self, w, c):
        live = [i for i, x in enumerate(c.ex) if x.num and not x.gone]
        conns = w.conns
        if c.memory < 0 or not live:
            # nothing to resume: a new session, and where a welcome was lost not under the old id
            if w.attempts == self.attempts:
                return
            w = w._replace(attempts=w.attempts + 1)
            sid = c.sid if self.has("sameid") and c.memory < 0 and c.sid >= 0 else c.sid + 1
            ex = tuple(x._replace(num=0) for x in c.ex)
            w = w._replace(c=Client(sid, 1, len(conns) - 1, -1, 0, 0, ex))
            yield self.up(w, ("new", sid, 1, 0))
            return
        if w.resumes == self.resumes:
            return
        w = w._replace(c=c._replace(epoch=c.epoch + 1, conn=len(conns) - 1, synced=0), resumes=w.resumes + 1)
        frames = [("resume", c.sid, c.epoch + 1, c.memory)]
        for i in live:
            x = c.ex[i]
            if not x.cut:
                frames.append(("A", x.num, x.recv))
            elif not self.has("norepeat"):
                frames.append(("X", x.num, 0))
            w = self.ours(w, i, told=x.recv, cut=2 if x.cut else 0, listed=0)
        highest = max(x.num for x in c.ex)
        yield self.up(w, *frames, ("Z", highest))

    def over(self, w):
        """The session is lost. What was not opened goes on in another one."""
        for i, x in enumerate(w.c.ex):
            if x.num and not x.gone:
                out = x.out or ("never" if self.has("liar") else "unknown")
                w = self.ours(w, i, gone=1, out=out)
        return w._replace(c=w.c._replace(memory=-1))

    def client_hears(self, w):
        c = w.c
        if c.conn < 0 or not w.conns[c.conn].down:
            return
        conn = w.conns[c.conn]
        frame = conn.down[0]
        w = w._replace(conns=put(w.conns, c.conn, conn._replace(down=conn.down[1:])))
        kind = frame[0]
        if kind == "welcome":
            first = c.memory < 0
            yield w._replace(c=c._replace(memory=frame[1], synced=1 if first else 0))
        elif kind == "bye":
            yield self.over(self.leave(w))
        elif kind == "refuse":
            w = self.leave(w)
            if frame[1] == "fenced":
                raise Broken("the client is fenced by itself")
            yield self.over(w) if frame[2] == c.memory else w
        elif kind == "Z":
            for i, x in enumerate(c.ex):
                if not x.num or x.gone or x.listed:
                    continue
                if x.num > frame[1]:
                    w = self.ours(w, i, sent=0, cut=1 if x.cut else 0)
                elif x.cut:
                    w = self.ours(w, i, cut=3) if not self.has("norepeat") else w
                elif x.recv < self.a.response:
                    raise Broken("the server has forgotten an exchange that the client has not whole")
                else:
                    w = self.ours(w, i, acked=self.a.request, sent=self.a.request)
            yield w._replace(c=w.c._replace(synced=1, top=frame[1]))
        else:
            i = next((i for i, x in enumerate(c.ex) if x.num == frame[1]), None)
            if i is None:
                raise Broken("a frame of an exchange that was never opened")
            yield self.client_hears_of(w, i, c.ex[i], frame)

    def client_hears_of(self, w, i, x, frame):
        if x.gone:
            # the server lists it: tell it once more
            return self.up(w, ("K", x.num)) if frame[0] == "A" and not w.c.synced else w
        if frame[0] == "K":
            if x.cut:
                return self.ours(w, i, cut=3, listed=1)
            if x.recv < self.a.response:
                raise Broken("the server is done with an exchange that the client has not whole")
            return self.ours(w, i, acked=self.a.request, listed=1)
        if x.cut:
            return self.ours(w, i, listed=1) if frame[0] == "A" else w
        if frame[0] == "A":
            if w.c.synced or self.has("nosync"):
                return self.ours(w, i, acked=max(x.acked, frame[2]), listed=1)
            return self.ours(w, i, acked=frame[2], sent=frame[2], listed=1)
        if frame[2] != x.recv:
            if not self.has("tolerant"):
                raise Broken(f"the client gets offset {frame[2]} of the response, and has {x.recv}")
            if frame[2] < x.recv:
                return w
            raise Broken("the response has a gap, and nobody knows")
        recv = x.recv + 1
        return self.ours(w, i, recv=recv, out="completed" if recv == self.a.response else x.out)

    def client_acts(self, w):
        c = w.c
        for i, x in enumerate(c.ex):
            if x.gone:
                continue
            if w.cancels < self.a.cancels and not x.cut and not x.out:
                cancelled = w._replace(cancels=w.cancels + 1)
                yield self.ours(cancelled, i, cut=1) if x.num else self.ours(cancelled, i, gone=1, out="never")
            if x.cut == 3:
                yield self.ours(w, i, gone=1, out="cancelled")
            if not x.cut and x.recv == self.a.response and (x.acked == self.a.request or self.has("forgetearly")):
                if x.told == self.a.response and c.conn >= 0 or self.has("forgetearly"):
                    yield self.ours(w, i, gone=1)
            ready = c.conn >= 0 and c.memory >= 0 and (c.synced or self.has("nosync"))
            if ready:
                yield from self.client_sends(w, i, x)

    def client_sends(self, w, i, x):
        top = w.c.top
        mine = max(y.num for y in w.c.ex)
        if x.cut == 1 and x.num <= top:
            yield self.up(self.ours(w, i, cut=2), ("X", x.num, 0))
        elif x.cut == 1 and x.num == top + 1:
            w = self.ours(w, i, cut=2)
            told = w if self.has("nounopened") else self.up(w, ("X", x.num, 1))
            yield told._replace(c=told.c._replace(top=x.num))
        if x.cut:
            return
        if not x.num and mine <= top:
            opened = self.up(self.ours(w, i, num=top + 1, sent=1), ("D", top + 1, 0, i))
            yield opened._replace(c=opened.c._replace(top=top + 1))
        elif x.num > top:
            if x.num == top + 1 or self.has("noorder"):
                again = self.up(self.ours(w, i, sent=1), ("D", x.num, 0, i))
                yield again._replace(c=again.c._replace(top=x.num))
        elif x.num and x.sent < self.a.request and x.sent - x.acked < self.a.window:
            yield self.up(self.ours(w, i, sent=x.sent + 1), ("D", x.num, x.sent, i))
        if x.recv > x.told:
            frame = ("K", x.num) if x.recv == self.a.response else ("A", x.num, x.recv)
            yield self.up(self.ours(w, i, told=x.recv), frame)

    # -- the server

    def session(self, w, v, sid, s):
        server = w.servers[v]
        return w._replace(servers=put(w.servers, v, server._replace(sessions=put(server.sessions, sid, s))))

    def theirs(self, w, v, sid, num, **changes):
        s = w.servers[v].sessions[sid]
        return self.session(w, v, sid, s._replace(ex=put(s.ex, num - 1, s.ex[num - 1]._replace(**changes))))

    def server_hears(self, w, i):
        conn = w.conns[i]
        if not conn.sopen or not conn.up:
            return
        frame = conn.up[0]
        w = w._replace(conns=put(w.conns, i, conn._replace(up=conn.up[1:])))
        if frame[0] in ("new", "resume"):
            yield self.hello(w, i, conn.server, *frame)
            return
        s = w.servers[conn.server].sessions[conn.sid] if conn.sid >= 0 else None
        if not s or (s.conn != i and not self.has("nofence")):
            yield self.close_server_side(w, i)
            return
        yield self.server_hears_of(w, i, conn.server, conn.sid, s, frame)

    def hello(self, w, i, v, kind, sid, epoch, memory):
        def refuse(code):
            return self.close_server_side(self.down(w, i, ("refuse", code, here)), i)
        here = w.servers[v].memory
        s = w.servers[v].sessions[sid]
        if kind == "new" and (not s or self.has("again")):
            if s and s.conn >= 0:
                w = self.close_server_side(w, s.conn)
            w = self.session(w, v, sid, Session(1, i, 1, s.ex if s else ()))
            w = w._replace(conns=put(w.conns, i, w.conns[i]._replace(sid=sid)))
            return self.down(w, i, ("welcome", here))
        if kind == "resume" and (not s or memory != here and not self.has("nohome")):
            return refuse("unknown")
        if epoch <= s.epoch and not self.has("noepoch"):
            return refuse("fenced")
        if s.conn >= 0 and not self.has("nofence"):
            w = self.close_server_side(w, s.conn)
        frames = [("A", n + 1, x.recv) for n, x in enumerate(s.ex) if x.open]
        ex = tuple(x._replace(told=x.recv, listed=0) for x in s.ex)
        w = self.session(w, v, sid, Session(epoch, i, 0, ex))
        w = w._replace(conns=put(w.conns, i, w.conns[i]._replace(sid=sid)))
        return self.down(w, i, ("welcome", here), *frames, ("Z", len(ex)))

    def server_hears_of(self, w, i, v, sid, s, frame):
        kind, num = frame[0], frame[1]
        if kind == "Z":
            if num < len(s.ex):
                raise Broken("the client has opened less than the server has seen")
            # the client does not list it, so it has forgotten it
            ex = tuple(x if x.listed else x._replace(open=0) for x in s.ex)
            return self.session(w, v, sid, s._replace(synced=1, ex=ex))
        if kind == "D" and not s.synced and not self.has("nosync"):
            raise Broken("data before the listing is complete")
        if num > len(s.ex):
            return self.opens(w, i, v, sid, s, frame)
        x = s.ex[num - 1]
        if kind == "D":
            return self.server_takes(w, v, sid, num, x, frame)
        if not x.open:
            return w if kind == "K" else self.down(w, i, ("K", num))
        if kind == "X":
            return self.down(self.theirs(w, v, sid, num, open=0), i, ("K", num))
        if kind == "K":
            return self.theirs(w, v, sid, num, acked=self.a.response, sent=self.a.response, listed=1)
        if frame[2] > x.made:
            raise Broken("the client acknowledges what was never made")
        sent = x.sent if s.synced else frame[2]
        return self.theirs(w, v, sid, num, acked=max(x.acked, frame[2]), sent=sent, listed=1)

    def opens(self, w, i, v, sid, s, frame):
        kind, num = frame[0], frame[1]
        unopened = kind == "X" and frame[2]
        if kind in ("A", "X") and not s.synced and not unopened:
            return w
        if num != len(s.ex) + 1 or kind == "D" and frame[2] or kind not in ("D", "X") or kind == "X" and not unopened:
            raise Broken(f"frame {frame} where number {len(s.ex) + 1} would be opened")
        if unopened:
            w = self.session(w, v, sid, s._replace(ex=s.ex + (Theirs(-1, open=0),)))
            return self.down(w, i, ("K", num))
        who = frame[3]
        w = self.session(w, v, sid, s._replace(ex=s.ex + (Theirs(who, recv=1),)))
        return w._replace(calls=put(w.calls, who, w.calls[who] + 1))

    def server_takes(self, w, v, sid, num, x, frame):
        if not x.open:
            return w
        if frame[2] != x.recv:
            if not self.has("tolerant"):
                raise Broken(f"the server gets offset {frame[2]} of the request, and has {x.recv}")
            if frame[2] < x.recv:
                return w
            raise Broken("the request has a gap, and nobody knows")
        return self.theirs(w, v, sid, num, recv=x.recv + 1)

    def server_acts(self, w):
        for v, sid, s in self.sessions(w):
            for n, x in enumerate(s.ex):
                if x.open:
                    yield from self.server_acts_on(w, v, sid, s, n + 1, x)
            if self.has("byeidle") and s.conn >= 0 and s.synced and not any(x.open for x in s.ex):
                yield self.session(self.close_server_side(self.down(w, s.conn, ("bye",)), s.conn), v, sid, None)

    def sessions(self, w):
        return [(v, sid, s) for v, server in enumerate(w.servers) for sid, s in enumerate(server.sessions) if s]

    def server_acts_on(self, w, v, sid, s, num, x):
        request, response = self.a.request, self.a.response
        if x.made < response:
            made = self.theirs(w, v, sid, num, made=x.made + 1)
            yield made._replace(done=put(w.done, x.who, 1)) if x.made + 1 == response else made
        connected = s.conn >= 0 and w.conns[s.conn].sopen
        if connected and (s.synced or self.has("nosync")):
            if x.sent < x.made and x.sent - x.acked < self.a.window:
                yield self.down(self.theirs(w, v, sid, num, sent=x.sent + 1), s.conn, ("D", num, x.sent))
            if x.recv > x.told:
                yield self.down(self.theirs(w, v, sid, num, told=x.recv), s.conn, ("A", num, x.recv))
        told = x.told == request and connected
        if x.recv == request and x.acked == response and (told or self.has("forgetunacked")):
            yield self.theirs(w, v, sid, num, open=0)

    # -- the world

    def happens(self, w):
        c = w.c
        if w.cuts < self.a.cuts:
            hit = w._replace(cuts=w.cuts + 1)
            for i, conn in enumerate(w.conns):
                if conn.cut:
                    continue
                for a in range(len(conn.up) + 1):
                    for b in range(len(conn.down) + 1):
                        cut = conn._replace(up=conn.up[:a], down=conn.down[:b], cut=1)
                        yield hit._replace(conns=put(w.conns, i, cut))
            if c.conn >= 0:
                yield self.leave(hit)
        if c.conn >= 0:
            conn = w.conns[c.conn]
            if not conn.down and (conn.cut or not conn.sopen):
                yield self.leave(w)
        elif c.memory >= 0 and self.may_lose(w):
            yield self.over(w)          # the time to resume is over
        for i, conn in enumerate(w.conns):
            if conn.sopen and not conn.up and (conn.cut or not conn.copen):
                yield self.server_loses(w, i)
        if w.lost < self.a.losses:
            for v in range(len(w.servers)):
                yield self.crash(w, v)
            for v, sid, s in self.sessions(w):
                if s.conn < 0:          # its time is over
                    yield self.session(w._replace(lost=w.lost + 1), v, sid, None)

    def crash(self, w, v):
        """Without its memory; all its connections end."""
        conns = tuple(c._replace(sopen=0, up=()) if c.server == v else c for c in w.conns)
        server = Server(len(w.servers) + w.lost, (None,) * len(w.servers[v].sessions))
        return w._replace(servers=put(w.servers, v, server), conns=conns, lost=w.lost + 1)

    def may_lose(self, w):
        """Whether an exchange may end unknown: a server has lost something, or the address leads to another one for too long."""
        return w.lost or len(w.servers) > 1

    def server_loses(self, w, i):
        v, sid = w.conns[i].server, w.conns[i].sid
        w = self.close_server_side(w, i)
        s = w.servers[v].sessions[sid] if sid >= 0 else None
        if s and s.conn == i:
            # kept whether an exchange is open or not: one may have been opened that has not arrived
            ends = self.has("endsidle") and not any(x.open for x in s.ex)
            w = self.session(w, v, sid, None if ends else s._replace(conn=-1, synced=0))
        return w

    # -- the search

    def steps(self, w):
        yield from self.dial(w)
        yield from self.client_hears(w)
        yield from self.client_acts(w)
        for i in range(len(w.conns)):
            yield from self.server_hears(w, i)
        yield from self.server_acts(w)
        yield from self.happens(w)

    def check(self, w):
        for i, x in enumerate(w.c.ex):
            if w.calls[i] > 1:
                raise Broken("a handler is called twice")
            if x.out == "completed" and not w.done[i]:
                raise Broken("completed, but the handler has not finished")
            if x.out == "never" and w.calls[i]:
                raise Broken("never started, but the handler was called")
            if x.out == "unknown" and not self.may_lose(w):
                raise Broken("unknown, but the server has lost nothing")
            if x.sent - x.acked > self.a.window:
                raise Broken("more is not acknowledged than the window")

    def is_end(self, w):
        """The client has forgotten all; the server too, or it has no connection and waits for the time to end."""
        return all(x.gone for x in w.c.ex) and all(
            s.conn < 0 or not any(x.open for x in s.ex) for _, _, s in self.sessions(w))

    def run(self, verbose):
        seen = {self.first: None}
        before = {}
        queue = deque([self.first])
        ends = []
        while queue:
            w = queue.popleft()
            try:
                self.check(w)
                following = dict.fromkeys(self.tidy(n) for n in self.steps(w))
            except Broken as e:
                path = []
                while w is not None:
                    path.append(w)
                    w = seen[w]
                print(f"violation after {len(path) - 1} steps: {e} ({len(seen)} states)")
                for p in reversed(path if verbose else ()):
                    print("  ", p)
                return 1
            if self.is_end(w):
                ends.append(w)
            for n in following:
                before.setdefault(n, []).append(w)
                if n not in seen:
                    seen[n] = w
                    queue.append(n)
        can = set(ends)
        queue = deque(ends)
        while queue:
            for p in before.get(queue.popleft(), ()):
                if p not in can:
                    can.add(p)
                    queue.append(p)
        stuck = [w for w in seen if w not in can]
        if stuck:
            print(f"stuck: from {len(stuck)} of {len(seen)} states no end can be reached")
            if verbose:
                print("  ", stuck[0])
            return 1
        outs = sorted({"+".join(x.out for x in w.c.ex) for w in ends})
        print(f"ok: {len(seen)} states, ends: {', '.join(outs)}")
        return 0


def main():
    p = argparse.ArgumentParser(description="Searches the session protocol for violations. Ends with 1 where it finds one.")
    p.add_argument("--mutant", default="", help="rules to break, with commas between; README.md has them")
    p.add_argument("--exchanges", type=int, default=1)
    p.add_argument("--servers", type=int, default=1, help="behind one address")
    p.add_argument("--request", type=int, default=2, help="units of each request")
    p.add_argument("--response", type=int, default=2, help="units of each response")
    p.add_argument("--window", type=int, default=2, help="units that may be without acknowledgement")
    p.add_argument("--cuts", type=int, default=1, help="connections that are cut or given up")
    p.add_argument("--losses", type=int, default=0, help="times that the server loses its memory, or a session's time ends")
    p.add_argument("--cancels", type=int, default=0, help="exchanges that are cancelled")
    p.add_argument("-v", action="store_true", help="print the way to a violation")
    a = p.parse_args()
    return Model(a, set(filter(None, a.mutant.split(",")))).run(a.v)


if __name__ == "__main__":
    sys.exit(main())
