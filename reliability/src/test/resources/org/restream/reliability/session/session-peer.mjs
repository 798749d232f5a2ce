// A peer of the session protocol, restream/1, of docs/session.md: a client and a server. Node 20, no packages.
//
//   const session = await connect({ port: 9967 });               listen({ port: 9967 }, async (exchange) => {
//   const exchange = session.exchange({ name: 'a.txt' });          const header = await readHeader(exchange);
//   exchange.end('hello');                                         for await (const piece of exchange) …
//   const header = await readHeader(exchange);                     exchange.end(writeHeader({ ok: true }));
//   for await (const piece of exchange) …                        });
//
// An exchange is a Duplex: it writes its own message's bytes and reads the peer's; destroy() cancels it.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { NOTHING, ProtocolError, decodeLine, encodeLine, proof, utf8, wrong } from './session-codec.mjs';
import { BYE, CUT, Exchange, Session, failure } from './session-core.mjs';

const DEFAULTS = { keepMs: 60_000, beatMs: 10_000, window: 65_536, maxFrame: 65_536 };

export const writeHeader = (fields) => Buffer.from(`${JSON.stringify(fields)}\n\n`);
/** Reads a message's header, and leaves its body in the stream; null of the empty message. */
export async function readHeader(stream) {
  for (let head = NOTHING, end; ;) {
    const piece = stream.read();
    if (!piece && stream.readableEnded) return head.length ? wrong('the message ends in its header') : null;
    if (!piece) await Promise.race([once(stream, 'readable'), once(stream, 'end')]);
    head = Buffer.concat([head, piece ?? NOTHING]);
    if ((end = head.indexOf('\n\n')) < 0) continue;
    if (head.length > end + 2) stream.unshift(head.subarray(end + 2));
    return JSON.parse(utf8(head.subarray(0, end)));
  }
}

/** Waits for a first line: what it says, and the bytes after it. */
function firstLine(socket, ms) {
  return new Promise((resolve, reject) => {
    let input = NOTHING;
    const late = setTimeout(() => { socket.end(); reject(new Error('no first line came')); }, ms);
    socket.on('error', reject).on('close', () => reject(new Error('closed before the first line'))).on('data', function read(piece) {
      input = Buffer.concat([input, piece]);
      try {
        const line = decodeLine(input);
        if (!line) return;
        socket.off('data', read);
        clearTimeout(late);
        resolve([line, input.subarray(line.length)]);
      } catch (error) {
        reject(error);
      }
    });
  });
}
const random = (length) => randomBytes(length).toString('base64url');

// ---- The client

/** Opens a session; fails with the `code` of a refusal, and its line. */
export async function connect({ host = '127.0.0.1', port, ...promises }) {
  const own = { ...DEFAULTS, ...promises }, id = random(16), key = random(32);
  let epoch = 1, memory;
  async function dial(verb, fields, listing = NOTHING) {
    const socket = net.connect({ host, port, noDelay: true });
    socket.write(Buffer.concat([encodeLine(verb, { session: id, ...fields }), listing]));
    const [line, rest] = await firstLine(socket, 5_000);
    if (line.verb === 'welcome' && line.epoch === epoch && (memory ??= line.memory) === line.memory && line.proof === proof('welcome', key, id, memory, epoch)) {
      return [socket, line, rest];
    }
    socket.destroy();
    throw line.verb === 'refuse' ? Object.assign(failure('never', line.code, line.text), { line }) : new ProtocolError('the welcome is wrong');
  }
  async function comeBack() {
    if (!session.exchanges.size && !session.waiting.size) return session.finish(failure('never', 'lost'));
    const lost = Date.now(), lostMs = () => Date.now() - lost;
    for (let n = -1, elsewhere = 0; lostMs() < 0.95 * session.peer.keepMs && !session.over; n++) {
      if (n >= 0) await sleep(Math.min(5_000, 100 * 2 ** n) * (0.8 + 0.4 * Math.random()));
      try {
        const fields = { memory, epoch: ++epoch, proof: proof('resume', key, id, memory, epoch), lostMs: lostMs() };
        const [socket, line, rest] = await dial('resume', fields, session.listing());
        Object.assign(session, { peer: line, allowed: Math.max(session.allowed, line.exchanges), resumed: session.resumed + 1 });
        return session.attach(socket, rest);
      } catch (error) {
        const other = error.code === 'unknown-session' && error.line.memory && error.line.memory !== memory && ++elsewhere < 2;
        if (error instanceof ProtocolError || (error.line && !other && error.line.retryMs === undefined)) return session.finish(failure('unknown', error.code, error.message));
        if (error.line?.retryMs) await sleep(error.line.retryMs);
      }
    }
    session.finish(failure('unknown', 'late', 'the time to resume is over'));
  }
  const [socket, line, rest] = await dial('new', { key, epoch, ...own });
  const session = new Session({ name: id, own, peer: line, allowed: line.exchanges, comeBack, resumed: 0 });
  /** @param deadlineMs how long it may take, if it is bounded */
  session.exchange = (fields, deadlineMs) => {
    const exchange = new Exchange(session, deadlineMs);
    if (session.over || session.going) exchange.destroy(failure('never', 'over'));
    else if (fields) exchange.write(writeHeader(fields));
    return exchange;
  };
  session.close = () => {
    session.closing = true;
    session.wake();
    return session.closed;
  };
  session.attach(socket, rest);
  return session;
}

// ---- The server

/** @param handler async, called once for each exchange; when it is done, its message is ended, and no more is read */
export function listen({ host = '127.0.0.1', port = 0, atOnce = 64, maxSessions = 1_000, ...promises }, handler) {
  const own = { ...DEFAULTS, ...promises }, memory = random(8), sessions = new Map();
  let stopping = null;
  function refuse(socket, code, more) {
    let dropped = 0;
    socket.end(encodeLine('refuse', { code, memory, ...more }));
    socket.on('data', (piece) => (dropped += piece.length) > 65_536 && socket.destroy());
    setTimeout(() => socket.destroy(), 2_000).unref();
  }
  async function run(exchange) {
    await handler(exchange);
    exchange.stopReading();
    if (!exchange.writableEnded) exchange.end();
  }
  function begin(line) {
    const keepMs = Math.min(own.keepMs, line.keepMs);
    const session = new Session({ server: true, own: { ...own, keepMs }, peer: line, key: line.key, allowed: atOnce, told: atOnce, run, going: null });
    session.comeBack = () => { session.keep = setTimeout(() => session.finish(failure('unknown', 'expired')), keepMs); };
    session.closed.then(() => sessions.delete(line.session));
    sessions.set(line.session, session);
    return session;
  }
  async function greet(socket) {
    const [line, rest] = await firstLine(socket, 30_000);
    let session = sessions.get(line.session);
    if (line.version !== 1) return refuse(socket, 'version', { speaks: [1] });
    if (line.verb === 'new') {
      if (session) return refuse(socket, 'fenced');
      if (stopping) return refuse(socket, 'draining');
      if (sessions.size >= maxSessions) return refuse(socket, 'busy', { retryMs: 1_000 });
      session = begin(line);
    } else {
      if (line.verb !== 'resume') throw new ProtocolError(`the verb ${line.verb} is not a client's`);
      const right = Buffer.from(proof('resume', session?.key ?? random(32), line.session, memory, line.epoch));
      const proved = timingSafeEqual(right, Buffer.from(line.proof));
      if (!session || line.memory !== memory || !proved) return refuse(socket, 'unknown-session');
      if (line.epoch <= session.epoch) return refuse(socket, 'fenced');
      const old = session.socket;
      if (old) session.lost();
      old?.resetAndDestroy();
      clearTimeout(session.keep);
    }
    session.epoch = line.epoch;
    const { allowed, highest, own: promised } = session;
    const welcome = { memory, epoch: line.epoch, ...promised, exchanges: (session.told = allowed), seen: highest };
    socket.write(encodeLine('welcome', { ...welcome, proof: proof('welcome', session.key, line.session, memory, line.epoch) }));
    if (!session.settled) socket.write(session.listing());
    session.attach(socket, rest);
  }
  const server = net.createServer({ noDelay: true }, (socket) =>
    greet(socket).catch((error) => (error instanceof ProtocolError ? refuse(socket, 'malformed', { text: error.message.slice(0, 80) }) : socket.destroy())));
  /** Lets open exchanges end, for so long. */
  server.stop = async (ms = 5_000) => {
    stopping = { code: BYE.SHUTDOWN, ms };
    for (const session of sessions.values()) Object.assign(session, { going: stopping }).wake();
    await Promise.race([sleep(ms), Promise.all([...sessions.values()].map((session) => session.closed))]);
    for (const session of sessions.values()) {
      for (const x of session.exchanges.values()) session.cutOff(x, BOTH, CUT.SHUTDOWN);
      if (session.socket) session.send();
      if (session.socket) session.end(BYE.SHUTDOWN);
      else session.finish(failure('unknown', BYE.SHUTDOWN));
    }
    server.close();
  };
  return server.listen(port, host);
}
