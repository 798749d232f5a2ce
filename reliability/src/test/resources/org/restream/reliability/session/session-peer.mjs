// A small peer of restream/1, the session protocol of docs/session.md: a client and a server. Node 20, no packages.
//
//   const session = await connect({ port: 9967 });         listen({ port: 9967 }, async (exchange) => {
//   const exchange = session.exchange();                     for await (const piece of exchange) …
//   exchange.end('{"name":"a.txt"}\n\nhello');               exchange.end('{"ok":true}\n\n');
//   for await (const piece of exchange) …                  });
//   await session.close();
//
// An exchange is a Duplex: it writes its own message and reads the peer's, headers included; destroy() cancels both.
// What could damage a message is checked. Left out is what peers of one owner can do without: deadlines, a server's
// stop, idle timeouts, half cuts of its own (what a handler leaves unread is dropped), attempts after a refusal, limits
// against hostile peers, TLS, several addresses, the plain wire, and the rules that session-rules.mjs has.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import net from 'node:net';
import { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

const OPEN = 1, END = 2, CRC = 4, ALL = 8, DEADLINE = 16; // flags of D
const WHOLE = 1, LIST = 2, MINE = 1, YOURS = 2, BOTH = 3, UNOPENED = 4, PONG = 1; // of A (WHOLE is its END), X and P
const CUT = { CANCELLED: 1, REFUSED: 3, FAILED: 4, CHECKSUM: 6 }, BYE = { DONE: 1, PROTOCOL: 3 }; // codes of X and B
const PROMISES = { keepMs: 60_000, beatMs: 10_000, window: 65_536, maxFrame: 65_536 };
const TURN = 16_384, IN_FLIGHT = 262_144; // what an exchange sends at a time, and what may wait in the socket
const NOTHING = Buffer.alloc(0), random = (size) => randomBytes(size).toString('base64url');
export class ProtocolError extends Error {} // the peer broke the protocol
const check = (right, what) => { if (!right) throw new ProtocolError(what); };
/** `outcome` of an exchange: never (started), aborted or unknown; `code`: that of X or B, or a refusal's. */
const failure = (outcome, code, text) => Object.assign(new Error(text || `${outcome}, ${code}`), { outcome, code });

const TABLE = new Int32Array(256).map((_, n) => {
  for (let bit = 0; bit < 8; bit++) n = (n >>> 1) ^ (n & 1 ? 0x82f63b78 : 0);
  return n;
});
export function crc32c(bytes, crc = 0) { // of bytes that follow others, whose CRC32C is `crc`
  crc = ~crc;
  for (let i = 0; i < bytes.length; i++) crc = TABLE[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}
export function proof(side, key, session, memory, epoch) {
  const [secret, ...ids] = [key, session, memory].map((id) => Buffer.from(id, 'base64url'));
  const said = Buffer.concat([Buffer.from(`restream/1 ${side}\0`), ...ids, unsigned(8, epoch)]);
  return createHmac('sha256', secret).update(said).digest('base64url');
}
export const encodeLine = (verb, fields) => Buffer.from(`restream/1 ${verb} ${JSON.stringify(fields)}\n`);
export function decodeLine(input) { // what a first line says, and its length; null where it has not ended yet
  const length = input.indexOf('\n') + 1, shape = /^restream\/([1-9]\d{0,2}) ([a-z]{1,16}) (.*)\n$/s;
  if (!length && input.length < 4096) return null;
  const [, version, verb, json] = shape.exec(input.toString('utf8', 0, length)) ?? [];
  check(verb && length <= 4096, 'the first line is not "restream/VERSION VERB JSON"');
  const line = { version: Number(version), verb, length };
  if (line.version !== 1 && verb !== 'refuse') return line; // its fields may have another shape
  try { return { ...JSON.parse(json), ...line }; } catch { throw new ProtocolError('the first line has no JSON'); }
}

// Of each frame the known flags, how many bytes its fields have (0: all that the others leave), and the most of that.
const FRAMES = {
  D: [31, { offset: 8, ms: 4, data: 0, crc: 4 }], // ms and crc are there if their flags are; data has up to maxFrame
  A: [3, { received: 8, released: 8, limit: 8 }, 0],
  K: [0, { number: 8 }, 8184], // up to 1,024 numbers; each is decoded as a frame of its own
  X: [7, { code: 4, finalSize: 8, text: 0 }, 256],
  M: [0, { highest: 8 }, 0], P: [1, { token: 8 }, 0], Z: [0, { highest: 8 }, 0],
  G: [0, { code: 4, ms: 4, text: 0 }, 256], B: [0, { code: 4, text: 0 }, 256],
};
const NEEDS = { D: [[CRC, END], [DEADLINE, OPEN]], X: [[UNOPENED, BOTH]] }; // flags that need others
const fieldsOf = (type, flags) => Object.entries(FRAMES[type][1]).filter(([name]) =>
  type !== 'D' || ((name !== 'ms' || flags & DEADLINE) && (name !== 'crc' || flags & CRC)));
const unsigned = (size, value) => Buffer.from(BigInt(value).toString(16).padStart(2 * size, '0'), 'hex');
const number = (bytes) => Number(`0x${bytes.toString('hex')}`);
export function encode(type, flags, exchange, values) {
  const data = Buffer.concat(fieldsOf(type, flags).map(([name, size]) =>
    typeof values[name] === 'number' ? unsigned(size, values[name]) : Buffer.from(values[name] ?? '')));
  return Buffer.concat([Buffer.of(type.charCodeAt(0), flags), unsigned(3, data.length), unsigned(7, exchange), data]);
}
export function decode(input, maxFrame) { // the first frame, or those of a K, and its length; null as long as it comes
  if (input.length < 12) return null;
  const type = String.fromCharCode(input[0]), flags = input[1], exchange = number(input.subarray(5, 12));
  const length = 12 + number(input.subarray(2, 5)), [known, , most = maxFrame] = FRAMES[type] ?? [], frames = [];
  if (/[a-z]/.test(type)) return input.length < length ? null : { frames, length }; // it is skipped
  const lacks = NEEDS[type]?.some(([flag, others]) => flags & flag && (flags & others) !== others);
  check(known >= 0 && !(flags & ~known) && !lacks && (type !== 'X' || flags & BOTH), `frame ${type}: type or flags`);
  check(Number.isSafeInteger(exchange) && 'DAX'.includes(type) === exchange > 0, `frame ${type}: exchange ${exchange}`);
  const fields = fieldsOf(type, flags), rest = fields.reduce((left, [, size]) => left - size, length - 12);
  check(rest >= 0 && rest <= most && (type !== 'K' || rest % 8 === 0), `frame ${type}: length ${length}`);
  if (input.length < length) return null;
  for (let at = 12, f; at < length; frames.push(f)) {
    f = { type, flags, exchange };
    for (const [name, size] of fields) {
      const bytes = input.subarray(at, (at += size || rest));
      f[name] = ['data', 'text', 'token'].includes(name) ? bytes : number(bytes);
      check(!(f[name] > Number.MAX_SAFE_INTEGER), `frame ${type}: ${name} is too large`);
    }
  }
  return { frames, length };
}

export class Exchange extends Duplex {
  // The own message is open until the peer has it whole (done); or cut by us until the peer has answered our X (done).
  ours = 'open'; kept = NOTHING; base = 0; // its bytes from offset `base` on are kept for a resume
  size = Infinity; crc = 0; // the size is known when the program has ended it
  next = 0; sent = 0; // what goes next, what ever went. The end counts like a byte: next is size + 1 when it has gone
  // The peer's is open until it is whole, or the peer cuts it short; or cut by us until our X is answered (short).
  theirs = 'open'; received = 0; acked = 0; crcRead = 0;
  constructor(session, number = 0) { // a client's gets its number with its first byte
    super({ readableHighWaterMark: 1 });
    Object.assign(this, { session, number, granted: session.own.window, limit: session.peer.window });
    this.on('error', () => {}); // who reads or writes hears of it
  }
  [Symbol.asyncIterator]() { return this.iterator({ destroyOnReturn: false }); } // the own message goes on
  _read() { setImmediate(() => this.ack(false)); } // when what is read has left the buffer
  _writev(chunks, sent) { this.submit(Buffer.concat(chunks.map(({ chunk }) => chunk)), false, sent); }
  _final(sent) { this.submit(NOTHING, true, sent); }
  submit(bytes, ends, sent) { // sent() is called when all has gone once: so a writer waits for the peer's reader
    if (this.ours !== 'open' || !(bytes.length || ends)) return sent();
    this.kept = Buffer.concat([this.kept, bytes]);
    this.crc = crc32c(bytes, this.crc);
    if (ends) this.size = this.base + this.kept.length;
    this.once('sent', sent);
    if (!this.number) this.session.exchanges.set((this.number = ++this.session.numbered), this);
    this.session.pump();
  }
  _destroy(error, done) {
    const code = Number.isInteger(error?.code) ? error.code : this.session.server ? CUT.FAILED : CUT.CANCELLED;
    if ((this.ours === 'open' && this.size === Infinity) || this.theirs === 'open') this.cut(code, true);
    done(error);
  }

  sendNext() { // the next frame of the own message, if there is something to send and the peer takes it
    const { session, number, next: offset, base, crc } = this, opens = number > session.highest;
    if (opens) session.highest = number;
    if (opens && this.ours === 'cut') this.sayCut(BOTH | UNOPENED); // no number may be missing
    const most = Math.min(this.limit - offset, session.peer.maxFrame, TURN);
    const data = this.kept.subarray(offset - base, offset - base + most), ends = offset + data.length === this.size;
    if (this.ours !== 'open' || !(data.length || ends)) return false;
    session.say('D', (offset ? 0 : OPEN) | (ends ? END | CRC : 0), number, { offset, data, crc });
    this.next += data.length + (ends ? 1 : 0);
    this.sent = Math.max(this.sent, this.next);
    if (this.next >= base + this.kept.length) this.emit('sent');
    return true;
  }
  ack(due, list = 0) { // if it is due, or the program has made room for a quarter of the window
    const { received, number } = this, { window } = this.session.own, limit = received - this.readableLength + window;
    if (!due && (this.theirs !== 'open' || limit - this.granted < window / 4)) return;
    Object.assign(this, { acked: received, granted: Math.max(this.granted, limit) });
    const values = { received, released: received, limit: this.granted };
    this.session.say('A', list | (this.theirs === 'whole' ? WHOLE : 0), number, values);
  }
  cut(code, both) { // ends the own message unfinished, and the peer's too if it is said
    Object.assign(this, { ours: 'cut', kept: NOTHING, code });
    if (both && this.theirs === 'open') this.theirs = 'cut';
    if (this.number && this.number <= this.session.highest) this.sayCut();
  }
  sayCut(flags = MINE | (this.theirs === 'cut' ? YOURS : 0)) {
    const { number, code } = this, finalSize = flags & UNOPENED ? 0 : Math.min(this.sent, this.size);
    this.session.say('X', flags, number, { code, finalSize });
  }
  // The methods with a letter handle the frames of that type.
  D({ flags, offset, data, crc }) {
    if (flags & ALL) this.arrived(this.size);
    if (this.theirs === 'cut' || this.theirs === 'short') return; // late data
    const end = offset + data.length;
    check(this.theirs === 'open' && offset === this.received && end <= this.granted, `frame D: offset ${offset}`);
    check(flags & OPEN ? !offset : offset || this.begun, 'frame D: a message opens at offset 0, and only there');
    Object.assign(this, { begun: true, received: end, crcRead: crc32c(data, this.crcRead) });
    if (flags & CRC && crc !== this.crcRead) return void this.destroy(failure('aborted', CUT.CHECKSUM));
    if (data.length) this.push(data);
    if (!(flags & END)) return void setTimeout(() => this.ack(this.theirs === 'open' && end > this.acked), 25);
    Object.assign(this, { theirs: 'whole', total: end });
    this.ack(true);
    this.push(null);
  }
  A({ flags, received, released, limit }) {
    check(released <= received && received <= Math.min(this.sent, this.size), 'frame A: bytes that were not sent');
    if (flags & WHOLE) this.arrived(received);
    if (flags & LIST) this.next = received;
    this.limit = Math.max(this.limit, limit);
    if (this.ours !== 'open') return;
    check(this.next >= this.base, 'frame A: bytes that were released');
    this.kept = this.kept.subarray(Math.max(0, released - this.base));
    this.base = Math.max(this.base, released);
  }
  arrived(received) { // the peer says that it has the own message whole
    if (this.ours !== 'open') return;
    check(this.sent > this.size && (received === this.size || this.unwanted), 'an end that was not sent has arrived');
    this.ours = 'done';
  }
  K() { // all has arrived, or our X is answered
    this.arrived(this.size);
    Object.assign(this, { ours: 'done', theirs: this.theirs === 'cut' ? 'short' : this.theirs });
  }
  X({ flags, code, finalSize, text }) {
    if (flags & MINE) {
      check(finalSize >= this.received && finalSize === (this.total ??= finalSize), `frame X: final size ${finalSize}`);
      if (this.theirs !== 'whole') this.theirs = 'short';
      this.session.say('K', 0, 0, { number: this.number });
    } else this.unwanted = true;
    if ((flags & BOTH) === BOTH) this.ours = 'done';
    if (this.unwanted && this.ours === 'open' && this.next <= this.size) this.cut(code, false); // else END answers it
    if (this.unwanted) this.emit('sent'); // what is written from now on is dropped
    if (flags & MINE) this.destroy(failure(code === CUT.REFUSED ? 'never' : 'aborted', code, `${text}`));
  }
}

class Session {
  exchanges = new Map(); // those that are not over, by number
  highest = 0; numbered = 0; // the last number that was opened or seen, and the last that a client has given
  settled = true; later = []; // frames that wait until it is settled: until the peer's listing is complete
  closed = new Promise((resolve) => { this.resolve = resolve; });
  constructor(fields) { // own and peer (what each promised), allowed, away(); of a server also server, key, handler
    Object.assign(this, fields, { beats: setInterval(() => this.beat(), fields.own.beatMs / 2) });
  }
  attach(socket, input) {
    Object.assign(this, { socket, heard: Date.now(), listed: new Set() });
    const isCurrent = () => socket === this.socket; // else another one has taken over, or the session is over
    const read = (piece) => {
      this.heard = Date.now();
      input = isCurrent() ? Buffer.concat([input, piece]) : NOTHING;
      try {
        for (let next; isCurrent() && (next = decode(input, this.own.maxFrame)); input = input.subarray(next.length)) {
          for (const f of next.frames) this.handle(f);
        }
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        this.finish(BYE.PROTOCOL, error.message, true);
      }
      this.pump();
    };
    socket.on('data', read).on('drain', () => this.pump()).on('close', () => isCurrent() && this.lost());
    read(NOTHING);
  }
  lost() { // forgets the connection, not the session
    this.socket.resetAndDestroy();
    Object.assign(this, { socket: null, settled: false });
    for (const x of this.exchanges.values()) x.next = Math.min(x.next, x.size); // an end goes again
    this.away();
  }
  finish(code, text = '', says = false) {
    if (says) this.write('B', 0, 0, { code, text });
    this.socket?.end();
    clearInterval(this.beats);
    Object.assign(this, { closing: true, socket: null });
    for (const x of this.exchanges.values()) {
      if (x.theirs !== 'whole' || x.sent <= x.size) x.destroy(failure(x.sent ? 'unknown' : 'never', code, text));
    }
    this.resolve({ code });
  }
  beat() { // while an exchange is open, both sides hear something
    if (!this.socket || !this.exchanges.size) this.heard = Date.now();
    else if (Date.now() - this.heard > 2.5 * this.peer.beatMs) this.lost();
    else this.write('P', 0, 0, { token: randomBytes(8) });
  }
  exchange() { return this.closing ? new Exchange(this).destroy(failure('never', 'over')) : new Exchange(this); }
  close() { // ends a client's session as soon as nothing is open
    this.closing = true;
    if (this.socket && this.settled && !this.exchanges.size) this.finish(BYE.DONE, '', true);
    return this.closed;
  }
  write(...frame) { this.socket?.write(encode(...frame)); }
  say(...frame) { return this.settled ? this.write(...frame) : this.later.push(frame); }
  pump() { // sends data in turns: an exchange that has sent comes again after all others
    for (const [number, x] of this.exchanges) {
      if (!this.settled || !(this.socket?.writableLength <= IN_FLIGHT)) return;
      if (number <= this.allowed && x.sendNext() && this.exchanges.delete(number)) this.exchanges.set(number, x);
    }
  }
  listing() { // what is open here, for the peer after a resume; it says all that waits, too
    this.later = [];
    for (const x of this.exchanges.values()) {
      if (x.number <= this.highest && x.ours === 'cut') x.sayCut();
      if (x.number <= this.highest && x.theirs !== 'cut') x.ack(true, LIST);
    }
    this.say('Z', 0, 0, { highest: this.highest });
    return Buffer.concat(this.later.splice(0).map((frame) => encode(...frame)));
  }
  handle(f) {
    const { type, flags } = f, n = f.number ?? f.exchange, listing = type === 'A' && flags & LIST;
    const isInTurn = this.settled ? type !== 'Z' && !listing : listing || !'DAK'.includes(type);
    check(isInTurn && f.number !== 0 && (type !== 'M' || !this.server), `frame ${type} out of turn`);
    if (!this.settled) this.listed.add(n);
    else if ('DAK'.includes(type)) this.tries = 0; // something moves
    if (n > this.highest) {
      if (this.server && !this.settled) return; // never seen: it will be opened, or announced
      const opens = (type === 'D' && flags & OPEN) || (type === 'X' && flags & UNOPENED);
      check(this.server && opens && n === this.highest + 1 && n <= this.allowed, `frame ${type}: exchange ${n}`);
      this.exchanges.set((this.highest = n), new Exchange(this, n));
      if (type === 'D') this.serve(this.exchanges.get(n));
    }
    const x = n ? this.exchanges.get(n) : this;
    if (x) x[type](f);
    else if (type === 'X' || listing) this.say('K', 0, 0, { number: n }); // it is forgotten here
    if (n && x) this.forget(x);
  }
  serve(x) {
    const end = this.handler(x).then(() => x.resume().end(), (error) => x.destroy(error));
    x.running = end.then(() => this.forget(Object.assign(x, { running: null })));
  }
  forget(x) { // if it is over, and its handler has returned
    const isOpen = x.ours !== 'done' || x.theirs === 'open' || x.theirs === 'cut';
    if (isOpen || x.running || !this.exchanges.delete(x.number)) return;
    if (this.server) this.say('M', 0, 0, { highest: ++this.allowed });
    else if (this.closing) this.close();
  }
  Z({ highest }) { // the peer's listing is complete
    check(this.server ? highest >= this.highest : highest <= this.highest, `frame Z: exchange ${highest}`);
    this.highest = Math.min(this.highest, highest);
    this.exchanges = new Map([...this.exchanges].sort(([one], [other]) => one - other)); // opened in their order
    for (const [number, x] of this.exchanges) {
      const isMissed = number > highest, isForgotten = !isMissed && !this.listed.has(number) && x.ours !== 'cut';
      if (isMissed) Object.assign(x, { next: 0, limit: this.peer.window }); // it never arrived: it is opened again
      if (isForgotten) x.arrived(x.size); // the peer has all
      check(isMissed ? !x.base && x.ours !== 'done' : !isForgotten || x.theirs !== 'open', 'frame Z: bytes are lost');
      this.forget(x);
    }
    this.settled = true;
    for (const frame of this.later.splice(0)) if (frame[2] <= highest) this.say(...frame);
    if (this.closing) this.close();
  }
  M({ highest }) { this.allowed = Math.max(this.allowed, highest); }
  P({ flags, token }) { if (!(flags & PONG)) this.write('P', PONG, 0, { token }); }
  G({ code }) { // a client opens nothing more
    for (const x of this.exchanges.values()) if (x.number > this.highest) x.destroy(failure('never', code));
    if (!this.server) this.close();
  }
  B({ code, text }) { this.finish(code, `${text}`); }
}

async function firstLine(socket, ms) { // what it says, and the bytes after it
  let input = NOTHING;
  socket.setTimeout(ms, () => socket.destroy());
  for await (const piece of socket.iterator({ destroyOnReturn: false })) {
    const line = decodeLine((input = Buffer.concat([input, piece])));
    if (line) return [line, input.subarray(line.length), socket.setTimeout(0)];
  }
  throw new Error('the connection ended before the first line');
}

/** Opens a session; fails with the `code` of a refusal. */
export async function connect({ host = '127.0.0.1', port, ...promises }) {
  const own = { ...PROMISES, ...promises }, id = random(16), key = random(32);
  let epoch = 0, memory, session;
  async function dial() {
    const socket = net.connect({ host, port, noDelay: true }).on('error', () => {}); // firstLine() hears of it
    const proved = (side) => proof(side, key, id, memory, epoch);
    if (++epoch === 1) socket.write(encodeLine('new', { session: id, key, epoch, ...own }));
    else socket.write(encodeLine('resume', { session: id, memory, epoch, proof: proved('resume') }));
    if (session) socket.write(session.listing());
    const [line, rest] = await firstLine(socket, 5_000);
    if (line.verb === 'refuse') throw Object.assign(failure('never', line.code, line.text), line);
    const isRight = line.verb === 'welcome' && line.epoch === epoch && line.memory === (memory ??= line.memory);
    check((isRight && line.proof === proved('welcome')) || !socket.destroy(), 'the welcome is wrong');
    session ??= new Session({ id, own, away, allowed: 0, tries: 0, resumed: -1 });
    Object.assign(session, { peer: line, allowed: Math.max(session.allowed, line.exchanges) }).resumed++;
    return () => session.attach(socket, rest);
  }
  async function away() { // resumes, until the server will have forgotten the session
    for (const end = Date.now() + 0.95 * session.peer.keepMs; session.exchanges.size && Date.now() < end; ) {
      if (session.tries++) await sleep(Math.min(5_000, 50 * 2 ** session.tries) * (0.8 + 0.4 * Math.random()));
      const attach = await dial().catch((error) => error);
      if (typeof attach === 'function') return attach();
      if (attach instanceof ProtocolError || attach.verb) return session.finish(attach.code, attach.message); // refused
    }
    session.finish('lost');
  }
  (await dial())();
  return session;
}

/** @param handler async, called once for each exchange; when it is done, its message is ended */
export function listen({ host = '127.0.0.1', port = 0, atOnce = 64, ...promises }, handler) {
  const own = { ...PROMISES, ...promises }, memory = random(8), sessions = new Map();
  function begin({ session: id, key, ...peer }) {
    const away = () => { session.expiry = setTimeout(() => session.finish('expired'), own.keepMs); };
    const session = new Session({ server: true, id, key, own, peer, allowed: atOnce, handler, away });
    session.closed.then(() => sessions.delete(id));
    return sessions.set(id, session).get(id);
  }
  function refuse(socket, code, more) { // and reads what comes: else a reset could destroy the line
    socket.resume().end(encodeLine('refuse', { code, memory, ...more })).setTimeout(2_000, () => socket.destroy());
  }
  async function greet(socket) {
    const [line, rest] = await firstLine(socket, 30_000), { version, verb, epoch } = line;
    if (version !== 1) return refuse(socket, 'version', { speaks: [1] });
    let session = sessions.get(line.session);
    const proved = (side) => proof(side, session?.key ?? random(32), line.session, memory, epoch);
    const isProved = verb === 'new' || timingSafeEqual(Buffer.from(proved('resume')), Buffer.from(line.proof));
    const isKnown = session && isProved && line.memory === memory;
    if (verb !== 'new' && !isKnown) return refuse(socket, 'unknown-session');
    if (session && (verb === 'new' || epoch <= session.epoch)) return refuse(socket, 'fenced');
    if (session?.socket) session.lost(); // the old connection counts no more
    session ??= begin(line);
    clearTimeout(session.expiry);
    session.epoch = epoch;
    const { allowed: exchanges, highest: seen } = session;
    socket.write(encodeLine('welcome', { memory, epoch, ...own, exchanges, seen, proof: proved('welcome') }));
    if (!session.settled) socket.write(session.listing());
    session.attach(socket, rest);
  }
  return net.createServer({ noDelay: true }, (socket) => {
    greet(socket.on('error', () => {})).catch((error) =>
      error instanceof ProtocolError ? refuse(socket, 'malformed') : socket.destroy());
  }).listen(port, host);
}
