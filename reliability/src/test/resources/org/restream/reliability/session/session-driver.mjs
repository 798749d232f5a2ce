// What the tests of session-peer.mjs run: says what happened as JSON, one object in a line.
//   vectors FILE                    plays the vectors of docs/session.md
//   client PORT EXCHANGES BYTES     opens a session, and so many exchanges at a time, of so many bytes each way
//   server BYTES                    prints its port, and answers each request by a message of so many bytes, while it reads
//   send PORT NAME BYTES            sends a file of so many bytes
//   refused PORT                    says how the server refuses first lines
//   cuts PORT                       cancels an exchange, breaks the checksum of another, and makes a third
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import net from 'node:net';
import { connect, decodeLine, encodeLine, listen } from './session-peer.mjs';
import { play } from './session-vectors.mjs';

const say = (what) => console.log(JSON.stringify(what));

// A message begins with its header, as in docs/wire.md.
const writeHeader = (fields) => Buffer.from(`${JSON.stringify(fields)}\n\n`);
/** Reads a message's header, and leaves its body in the stream. */
async function readHeader(stream) {
  let head = Buffer.alloc(0), end;
  while ((end = head.indexOf('\n\n')) < 0) {
    const piece = stream.read();
    if (piece) head = Buffer.concat([head, piece]);
    else if (stream.readableEnded) throw new Error('the message ends in its header');
    else await Promise.race([once(stream, 'readable'), once(stream, 'end')]);
  }
  if (head.length > end + 2) stream.unshift(head.subarray(end + 2));
  return JSON.parse(head.subarray(0, end));
}
/** A client's exchange whose message begins with this header. */
function open(session, header) {
  const exchange = session.exchange();
  exchange.write(writeHeader(header));
  return exchange;
}

async function write(exchange, length) {
  const hash = createHash('sha256');
  for (let left = length; left > 0; ) {
    const piece = randomBytes(Math.min(left, 1 + Math.floor(Math.random() * 100_000)));
    left -= piece.length;
    hash.update(piece);
    if (!exchange.write(piece)) await once(exchange, 'drain');
  }
  exchange.end();
  return hash.digest('hex');
}

async function read(exchange) {
  const hash = createHash('sha256');
  for await (const piece of exchange) hash.update(piece);
  return hash.digest('hex');
}

async function request(session, id, length) {
  const exchange = open(session, { id });
  try {
    const [sent, [header, received]] = await Promise.all([write(exchange, length), readHeader(exchange).then(async (head) => [head, await read(exchange)])]);
    say({ id, sent, received, answered: header.id });
  } catch (error) {
    say({ id, outcome: error.outcome, code: error.code, error: error.message });
  }
}

async function answers(session, port) {
  const exchange = open(session, { id: 1 });
  await readHeader(exchange);
  const key = randomBytes(32).toString('base64url'), proof = key, memory = key.slice(0, 10) + 'A';
  const promises = { keepMs: 1, beatMs: 1_000, window: 1, maxFrame: 1_024 };
  const lines = {
    version: Buffer.from('restream/2 new {}\n'),
    malformed: encodeLine('new', { session: 'x' }),
    again: encodeLine('new', { session: session.id, key, epoch: 1, ...promises }),
    stranger: encodeLine('resume', { session: session.id, memory, epoch: 2, proof }),
  };
  const codes = {};
  for (const [name, line] of Object.entries(lines)) {
    const socket = net.connect(Number(port), '127.0.0.1');
    socket.write(line);
    codes[name] = decodeLine(await new Promise((resolve) => socket.once('data', resolve))).code;
    socket.destroy();
  }
  exchange.end('goes on');
  return { ...codes, body: Buffer.concat(await exchange.toArray()).toString() };
}

const runs = {
  vectors: (file) => say({ played: play(readFileSync(file, 'utf8')) }),
  async client(port, exchanges, length) {
    const session = await connect({ port: Number(port) });
    await Promise.all(Array.from({ length: Number(exchanges) }, (_, id) => request(session, id + 1, Number(length))));
    const end = await session.close();
    say({ resumed: session.resumed, end: end.code });
  },
  server(length) {
    const server = listen({}, async (exchange) => {
      const { id } = await readHeader(exchange);
      exchange.write(writeHeader(id === undefined ? {} : { id }));
      const [received, sent] = await Promise.all([read(exchange), write(exchange, Number(length))]);
      say({ id: id ?? 0, received, sent });
    });
    server.on('listening', () => say({ port: server.address().port }));
  },
  async send(port, name, length) {
    const session = await connect({ port: Number(port) });
    const exchange = open(session, { name });
    const [sent] = await Promise.all([write(exchange, Number(length)), readHeader(exchange).then(() => read(exchange))]);
    await session.close();
    say({ sent, resumed: session.resumed });
  },
  /** Which codes first lines are refused with, beside a session that goes on. */
  async refused(port) {
    const refused = await connect({ port: Number(port) }).then(
      (session) => answers(session, port),
      (error) => ({ new: error.code ?? error.message, retryMs: error.retryMs ?? -1 }),
    );
    say(refused);
  },
  /** Cancels an exchange, breaks the checksum of another, and makes a third. */
  async cuts(port) {
    const session = await connect({ port: Number(port) });
    const cancelled = open(session, { id: 1 });
    await readHeader(cancelled);
    cancelled.destroy();
    const broken = open(session, { id: 2 });
    broken.crc ^= 1;
    broken.end('a body');
    await new Promise((resolve) => broken.once('close', resolve));
    say({ code: broken.errored.code, outcome: broken.errored.outcome });
    await request(session, 3, 100_000);
    say({ end: (await session.close()).code });
  },
};

const [what, ...more] = process.argv.slice(2);
await runs[what](...more);
if (what !== 'server') setImmediate(() => process.exit(0));
