// What both roles of a session share: its exchanges, and what is said of them on each connection. The names are those of docs/session.md, which
// says why each thing is as it is.
import { Duplex } from 'node:stream';
import { ALL, BOTH, CRC, DEADLINE, END, LIST, MINE, NOTHING, OPEN, PONG, ProtocolError, UNOPENED, WHOLE, YOURS, bytes, crc32c, decoder, encode, wrong } from './session-codec.mjs';

export const CUT = { CANCELLED: 1, DEADLINE: 2, REFUSED: 3, FAILED: 4, CHECKSUM: 6, OFFSET_GONE: 9, SHUTDOWN: 10, STOPPED_READING: 11 };
export const BYE = { DONE: 1, PROTOCOL: 3, SHUTDOWN: 5 };
const TURN = 16_384, IN_FLIGHT = 262_144; // how much an exchange sends at a time; what may wait in the socket

/** `outcome` of an exchange: never (started), aborted or unknown; `code`: that of X or B, or a refusal's. */
export const failure = (outcome, code, text) => Object.assign(new Error(text || `${outcome}, ${code}`), { outcome, code });

/** Its own message's bytes are written, and the peer's are read; destroy() cancels it. */
export class Exchange extends Duplex {
  number = 0; // a client's gets it with its first frame
  // The own message: the bytes from offset `base` on are kept for a resume. `ended`: on this connection.
  kept = NOTHING; base = 0; next = 0; sent = 0; size = -1; crc = 0; opened = false; ended = false; everEnded = false; discards = false;
  // The peer's.
  begun = false; received = 0; acked = 0; crcRead = 0; whole = false; finalSize = -1; stopped = false;
  // It is forgotten when both messages are done, its last ack (A or K) is not owed any more, and no cut waits for an answer.
  oursDone = false; theirsDone = false; owed = ''; cut = null; listed = false;

  constructor(session, ms) {
    super({ readableHighWaterMark: 1 });
    Object.assign(this, { session, granted: session.own.window, limit: session.peer.window, deadline: ms && Date.now() + ms });
    if (ms) this.timer = setTimeout(() => this.destroy(failure('aborted', CUT.DEADLINE)), ms);
    this.on('error', () => {}); // who reads or writes hears of it
  }
  [Symbol.asyncIterator]() { return this.iterator({ destroyOnReturn: false }); } // its end is not that of the own message
  _read() { this.session.wake(); }
  _writev(chunks, done) {
    const fresh = Buffer.concat(chunks.map(({ chunk }) => chunk));
    this.kept = Buffer.concat([this.kept, fresh]);
    this.crc = crc32c(fresh, this.crc);
    this.submit(done);
  }
  _final(done) {
    this.size = this.base + this.kept.length;
    this.submit(done);
  }
  submit(done) {
    if (this.discards) return done();
    this.done = done; // called when it was sent for the first time
    if (!this.number) this.session.waiting.add(this);
    this.session.wake();
  }
  proceed(done = this.done) {
    this.done = undefined;
    done?.();
  }
  _destroy(error, done) {
    clearTimeout(this.timer);
    const code = Number.isInteger(error?.code) ? error.code : this.session.server ? CUT.FAILED : CUT.CANCELLED;
    if (!(this.oursDone || this.size >= 0 || this.discards) || !(this.theirsDone || this.stopped)) this.session.cutOff(this, BOTH, code);
    done(error);
  }
  /** Wants no more of the peer's message; the own one goes on. */
  stopReading() {
    if (!this.theirsDone) this.session.cutOff(this, YOURS, CUT.STOPPED_READING);
    this.stopped = true;
  }
  release(to) {
    if (to > this.base) [this.kept, this.base] = [this.kept.subarray(to - this.base), to];
  }
}

// ---- A session, in both roles

export class Session {
  exchanges = new Map(); waiting = new Set(); // by number, and those without a number yet
  known = new Set(); // numbers for the next K
  highest = 0; // opened by a client, seen by a server
  settled = true; // nothing of the peer's listing is missing
  closed = new Promise((resolve) => { this.resolve = resolve; });

  constructor(fields) { Object.assign(this, fields); } // server, own, peer, allowed, told, comeBack; run of a server

  attach(socket, rest) {
    Object.assign(this, { socket, heard: Date.now(), checked: Date.now(), pinged: 0, goingSaid: false });
    const frames = decoder(this.own.maxFrame);
    const read = (piece) => {
      if (socket !== this.socket) return; // a newer connection has taken over
      this.heard = Date.now();
      try {
        for (const f of frames(piece)) if (socket === this.socket) this.handle(f);
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        this.end(BYE.PROTOCOL, error.message);
      }
      this.wake();
    };
    socket.on('data', read).on('drain', () => this.wake()).on('close', () => socket === this.socket && this.lost());
    clearInterval(this.beats);
    this.beats = setInterval(() => this.beat(), this.own.beatMs / 2);
    read(rest);
    if (socket.destroyed && socket === this.socket) this.lost();
  }
  beat() {
    const now = Date.now(), dead = 2.5 * this.peer.beatMs, quiet = !this.socket || !this.exchanges.size;
    if (quiet || now - this.checked > dead) Object.assign(this, { heard: now, pinged: 0 }); // no beats, or this process was stopped
    this.checked = now;
    if (quiet) return;
    if (now - this.heard > dead || (this.pinged && now - this.pinged > dead)) return void this.socket.resetAndDestroy();
    this.pinged ||= now;
    this.write('P', 0, 0, { token: bytes(8, now) });
  }
  /** Forgets the connection, not the session. */
  lost() {
    Object.assign(this, { socket: null, settled: false });
    this.known.clear(); // who misses a K asks for it
    for (const x of this.exchanges.values()) {
      Object.assign(x, { ended: false, listed: false, owed: '' });
      if (x.oursDone && x.theirsDone && !x.whole && !x.cut) this.forget(x);
    }
    this.comeBack();
  }
  end(code, reason = '') {
    this.write('B', 0, 0, { code, text: reason.slice(0, 80) });
    this.socket.end();
    this.finish(failure('unknown', code, reason));
  }
  finish(error) {
    Object.assign(this, { over: error, socket: null });
    clearInterval(this.beats);
    for (const x of this.waiting) x.destroy(failure('never', error.code, error.message));
    for (const x of this.exchanges.values()) if (!x.whole || x.size < 0) x.destroy(error);
    this.resolve(error);
  }

  write(type, flags, exchange, values) { this.socket.write(encode(type, flags, exchange, values)); }
  wake() { this.waking ??= setImmediate(() => { this.waking = undefined; if (this.socket) this.send(); }); }
  cutFrame(x, more = 0) {
    x.cut.sent = true;
    const size = x.cut.flags & MINE && !more ? x.sent : 0;
    return encode('X', x.cut.flags | more, x.number, { code: x.cut.code, finalSize: size });
  }
  ackFrame(x, flags) {
    Object.assign(x, { granted: x.granted + Math.max(0, this.room(x)), acked: x.received });
    return encode('A', flags, x.number, { received: x.received, released: x.received, limit: x.granted });
  }
  room(x) { return x.received - x.readableLength + this.own.window - x.granted; } // what may be granted more
  /** What is open here, for the peer after a resume. */
  listing() {
    const frames = [...this.exchanges.values()].flatMap((x) => [
      ...(x.cut ? [this.cutFrame(x)] : []), ...(x.cut?.flags & YOURS ? [] : [this.ackFrame(x, LIST | (x.whole ? WHOLE : 0))])]);
    return Buffer.concat([...frames, encode('Z', 0, 0, { highest: this.highest })]);
  }
  send() {
    const { socket } = this;
    socket.cork();
    if (this.pong) this.write('P', PONG, 0, { token: this.pong });
    this.pong = undefined;
    if (this.server && this.going && !this.goingSaid) this.write('G', 0, 0, (this.goingSaid = this.going));
    if (this.settled) this.sendAll();
    if (!this.server && (this.going || this.closing) && !this.exchanges.size && !this.waiting.size) this.end(BYE.DONE);
    socket.uncork();
  }
  sendAll() {
    for (const x of this.exchanges.values()) this.answer(x);
    for (const all = [...this.known]; all.length; ) this.write('K', 0, 0, { number: all.splice(0, 1_024) });
    this.known.clear();
    for (const x of this.exchanges.values()) if (x.oursDone && x.theirsDone && !x.owed && !x.cut) this.forget(x);
    if (this.server && this.allowed > this.told) this.write('M', 0, 0, { highest: (this.told = this.allowed) });
    for (const x of this.waiting) {
      if (this.highest >= this.allowed || !this.waiting.delete(x)) break;
      this.exchanges.set((x.number = ++this.highest), x);
    }
    for (const x of this.exchanges.values()) {
      if (this.socket.writableLength > IN_FLIGHT) break;
      if (this.data(x) && this.exchanges.delete(x.number)) this.exchanges.set(x.number, x); // its next turn comes after all others'
    }
  }
  answer(x) {
    if (x.cut && !x.cut.sent) this.socket.write(this.cutFrame(x));
    if (x.owed === 'K') this.known.add(x.number);
    if (x.owed === 'A') this.socket.write(this.ackFrame(x, WHOLE));
    x.owed = '';
    if (x.theirsDone || x.cut?.flags & YOURS) return;
    const room = this.room(x), step = Math.min(this.own.window / 4, 65_536), fresh = x.received - x.acked;
    if (Math.max(fresh, room) >= step || (room > 0 && x.received === x.granted) || Date.now() >= x.ackAt) {
      this.socket.write(this.ackFrame(x, 0));
      x.ackAt = undefined;
    }
  }
  /** Sends one D, if there is something to send. */
  data(x) {
    if (x.oursDone || x.ended || x.cut?.flags & MINE) return false;
    const from = x.next - x.base, data = x.kept.subarray(from, from + Math.min(x.limit - x.next, this.peer.maxFrame, TURN));
    const end = x.size === x.next + data.length;
    if (!data.length && !end) return false;
    const flags = (x.opened ? 0 : OPEN | (x.deadline && !this.server ? DEADLINE : 0)) | (end ? END | CRC : 0);
    this.write('D', flags, x.number, { offset: x.next, ms: Math.max(1, x.deadline - Date.now()), data, crc: x.crc });
    Object.assign(x, { opened: true, next: x.next + data.length, ended: end, everEnded: x.everEnded || end });
    x.sent = Math.max(x.sent, x.next);
    if (x.next === x.base + x.kept.length && end === x.size >= 0) x.proceed();
    return true;
  }
  cutOff(x, flags, code) {
    this.waiting.delete(x);
    if (!x.number || this.over || (x.oursDone && x.theirsDone)) return;
    x.cut = { flags: x.cut?.flags | flags, code, sent: false };
    if (flags & MINE) x.kept = NOTHING;
    this.wake();
  }
  forget(x) {
    x.forgotten = this.exchanges.delete(x.number);
    this.countDone(x);
  }
  countDone(x) {
    if (this.server && x.forgotten && x.returned) this.allowed++;
    this.wake();
  }

  handle(f) {
    const { type, flags } = f, n = f.number ?? f.exchange, x = this.exchanges.get(n), listing = type === 'A' && flags & LIST;
    if (this.settled ? type === 'Z' || listing : 'DAK'.includes(type) && !listing) wrong(`frame ${type} out of its turn`);
    if (x || !n) return this[type](f, x);
    if (n <= this.highest) return void ((type === 'X' || listing) && this.known.add(n)); // forgotten here
    if (this.server && !this.settled) return; // never seen: it will be opened, or announced
    const opens = type === 'D' ? flags & OPEN : type === 'X' && flags & UNOPENED;
    if (!this.server || !opens || n !== this.highest + 1 || n > this.allowed) wrong(`frame ${type} of exchange ${n}, which was never opened`);
    const fresh = Object.assign(new Exchange(this, f.ms), { number: (this.highest = n), returned: type === 'X' });
    this.exchanges.set(n, fresh);
    this[type](f, fresh);
    if (this.going) fresh.destroy(failure('aborted', CUT.REFUSED));
    else if (type === 'D') this.run(fresh).catch((error) => fresh.destroy(error)).finally(() => this.countDone(Object.assign(fresh, { returned: true })));
  }
  D(f, x) {
    const end = f.offset + f.data.length;
    if (f.flags & ALL) this.oursIsThere(x, x.size);
    if (x.cut?.flags & YOURS || (x.theirsDone && !x.whole)) { // late data
      if (f.flags & END && x.cut?.flags & YOURS) this.theirsIsDone(Object.assign(x, { received: end, whole: true }), this.server ? 'A' : 'K');
      return;
    }
    if (x.whole || f.offset !== x.received || end > x.granted || !(x.begun || f.flags & OPEN)) wrong(`frame D of exchange ${x.number}, ${f.offset} to ${end}`);
    Object.assign(x, { begun: true, received: end, crcRead: crc32c(f.data, x.crcRead) });
    x.ackAt ??= Date.now() + 25;
    setTimeout(() => this.wake(), 25);
    if (f.flags & CRC && f.crc !== x.crcRead) return void x.destroy(failure('aborted', CUT.CHECKSUM));
    if (f.data.length) x.push(f.data);
    if (f.flags & END) {
      x.whole = true;
      this.theirsIsDone(x, this.server ? 'A' : 'K');
      x.push(null);
    }
  }
  A(f, x) {
    if (f.received > x.sent) wrong(`frame A of exchange ${x.number}: ${f.received} bytes received of ${x.sent}`);
    if (f.flags & WHOLE) this.oursIsThere(x, f.received);
    if (f.flags & LIST) {
      Object.assign(x, { listed: true, next: f.received, opened: !this.server || f.received > 0 });
      if (f.received < x.base && !x.oursDone) x.destroy(failure('aborted', CUT.OFFSET_GONE));
    }
    x.limit = Math.max(x.limit, f.limit);
    x.release(f.released);
  }
  oursIsThere(x, received) {
    if (!x.everEnded || (received !== x.size && !x.unread)) wrong(`the message of exchange ${x.number} has not ended at ${received}`);
    if (!(x.cut?.flags & MINE)) x.oursDone = true;
  }
  K(f, x) {
    if (!(x.cut?.flags & MINE)) return this.oursIsThere(x, x.size);
    Object.assign(x, { oursDone: true, theirsDone: x.theirsDone || (x.cut.flags & YOURS) > 0, cut: null });
  }
  X(f, x) {
    const both = (f.flags & BOTH) === BOTH, known = x.whole ? x.received : x.finalSize;
    if (f.flags & MINE) {
      if (f.finalSize < x.received || (known >= 0 && known !== f.finalSize)) wrong(`frame X of exchange ${x.number}: final size ${f.finalSize}`);
      x.finalSize = f.finalSize;
      this.theirsIsDone(x, 'K');
    }
    x.listed = true;
    if (both) Object.assign(x, { oursDone: true, cut: null });
    else if ((x.unread ||= (f.flags & YOURS) > 0) && !x.oursDone && !x.ended && f.flags & YOURS) {
      this.cutOff(x, MINE, f.code);
      x.discards = true;
      x.proceed();
    }
    if (both || (f.flags & MINE && !x.stopped)) x.destroy(failure(f.code === CUT.REFUSED ? 'never' : 'aborted', f.code, f.text));
  }
  theirsIsDone(x, owed) {
    Object.assign(x, { theirsDone: true, owed });
    if (x.cut) x.cut.flags &= ~YOURS;
    if (x.cut?.flags === 0) x.cut = null;
  }
  M(f) { this.allowed = this.server ? wrong('frame M from a client') : Math.max(this.allowed, f.highest); }
  P(f) {
    if (f.flags & PONG) this.pinged = 0;
    else this.pong = Buffer.from(f.token);
  }
  G(f) {
    this.going = f;
    for (const x of this.server ? [] : this.waiting) x.destroy(failure('never', f.code, f.text));
  }
  B(f) {
    this.socket.end();
    this.finish(failure('unknown', f.code, f.text));
  }
  /** The peer's listing is complete. */
  Z(f) {
    this.settled = true;
    for (const x of [...this.exchanges.values()].sort((one, other) => one.number - other.number)) {
      if (!this.server && x.number > f.highest) { // it never arrived
        Object.assign(x, { next: 0, opened: false, limit: this.peer.window });
        if (x.cut) this.socket.write(this.cutFrame(Object.assign(x, { cut: { ...x.cut, flags: BOTH } }), UNOPENED));
        else this.data(x);
      } else if (!x.listed && !x.cut) { // the peer has forgotten it
        this.oursIsThere(x, x.size);
        if (!x.theirsDone) wrong(`exchange ${x.number} is forgotten, and its message is missing`);
      }
    }
  }
}
