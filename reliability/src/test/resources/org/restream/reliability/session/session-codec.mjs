// The codec of the session protocol, restream/1: checksums, first lines, proofs and frames, as docs/session.md has them. Node 20, no packages.
import { createHmac } from 'node:crypto';

export const OPEN = 1, END = 2, CRC = 4, ALL = 8, DEADLINE = 16; // flags of D
export const WHOLE = 1, LIST = 2; // of A; WHOLE is its END
export const MINE = 1, YOURS = 2, UNOPENED = 4, BOTH = 3; // of X
export const PONG = 1; // of P
export const MAX = Number.MAX_SAFE_INTEGER, TIME = 2 ** 31 - 1; // 2^53-1
export const NOTHING = Buffer.alloc(0);
/** The peer broke the protocol. */
export class ProtocolError extends Error {}
export const wrong = (text) => { throw new ProtocolError(text); };

const TABLE = new Int32Array(256).map((_, n) => {
  for (let bit = 0; bit < 8; bit++) n = (n >>> 1) ^ (n & 1 ? 0x82f63b78 : 0);
  return n;
});
export function crc32c(of, before = 0) {
  let crc = ~before;
  for (let i = 0; i < of.length; i++) crc = TABLE[(crc ^ of[i]) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}
export function utf8(of) {
  try { return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(of); } catch { return wrong('it is not UTF-8'); }
}
const number = (from, to = MAX) => (value) => Number.isSafeInteger(value) && value >= from && value <= to;
const text = (pattern) => (value) => typeof value === 'string' && Buffer.byteLength(value) <= 256 && pattern.test(value);
const binary = (length) => (value) => {
  const of = Buffer.from(String(value), 'base64url');
  return of.length === length && of.toString('base64url') === value;
};
const list = (most, check) => (value) => Array.isArray(value) && value.length <= most && value.every(check);
const may = (check) => (value) => value === undefined || check(value);
const PROMISES = { keepMs: number(0, TIME), beatMs: number(1, TIME), window: number(1), maxFrame: number(1_024, 1_048_576) };
const FIELDS = {
  __proto__: null,
  new: { session: binary(16), key: binary(32), epoch: number(1, 1), ...PROMISES },
  resume: { session: binary(16), memory: binary(8), epoch: number(2), proof: binary(32), lostMs: may(number(0, TIME)) },
  welcome: { memory: binary(8), epoch: number(1), ...PROMISES, exchanges: number(0), seen: number(0), proof: binary(32) },
  refuse: { code: text(/^[a-z-]{1,32}$/), text: may(text(/^/)), memory: may(binary(8)), retryMs: may(number(0, TIME)),
    speaks: may(list(16, number(1, 999))), exchanges: may(list(100, (pair) => list(2, may)(pair) && number(1)(pair[0]) && text(/./)(pair[1]))) },
};
export const encodeLine = (verb, fields) => Buffer.from(`restream/1 ${verb} ${JSON.stringify(fields)}\n`);

/** A first line's version, verb and fields, and its length in bytes; null where it has not ended yet. */
export function decodeLine(input) {
  if (!'restream/'.startsWith(input.toString('latin1', 0, 9))) wrong('the first line does not begin with "restream/"');
  const end = input.subarray(0, 4_096).indexOf(10);
  if (end < 0) return input.length < 4_096 ? null : wrong('the first line is longer than 4096 bytes');
  const shape = /^restream\/([1-9]\d{0,2}) ([a-z]{1,16}) (.*)$/s.exec(utf8(input.subarray(0, end)));
  const [, version, verb, json] = shape ?? wrong('the first line is not "restream/VERSION VERB JSON"');
  const line = { version: Number(version), verb, length: end + 1 };
  if (line.version !== 1 && verb !== 'refuse') return line;
  let fields;
  try { fields = JSON.parse(json); } catch { /* as if it were no object */ }
  if (Object.prototype.toString.call(fields) !== '[object Object]') wrong('the first line has no JSON object');
  for (const [name, check] of Object.entries(FIELDS[verb] ?? wrong(`the verb "${verb}" is not known`))) {
    const value = fields[name] ?? undefined;
    if (!check(value)) wrong(`field "${name}" is ${value === undefined ? 'missing' : 'wrong'}`);
    if (value !== undefined) line[name] = value;
  }
  return line.seen > line.exchanges ? wrong('field "seen" is more than "exchanges"') : line;
}

/** @param side resume or welcome */
export function proof(side, key, session, memory, epoch) {
  const parts = [`restream/1 ${side}\0`, ...[session, memory].map((id) => Buffer.from(id, 'base64url')), bytes(8, epoch)];
  return parts.reduce((hmac, part) => hmac.update(part), createHmac('sha256', Buffer.from(key, 'base64url'))).digest('base64url');
}

// Each frame's known flags, and its fields in order: a number of 4 or 8 bytes, the 8 bytes of a token, data, or text.
const FRAMES = {
  __proto__: null,
  D: [31, { offset: 8, ms: 4, data: 'data', crc: 4 }], A: [3, { received: 8, released: 8, limit: 8 }], K: [0, { number: 8 }],
  X: [7, { code: 4, finalSize: 8, text: 'text' }], M: [0, { highest: 8 }], P: [1, { token: 'token' }], Z: [0, { highest: 8 }],
  G: [0, { code: 4, ms: 4, text: 'text' }], B: [0, { code: 4, text: 'text' }],
};
const fieldsOf = (type, flags) => Object.entries(FRAMES[type][1]).filter(([name]) =>
  type !== 'D' || ((name !== 'ms' || flags & DEADLINE) && (name !== 'crc' || flags & CRC)));
export const bytes = (size, value) => {
  const of = Buffer.alloc(size);
  return size === 4 ? (of.writeUInt32BE(value), of) : (of.writeBigUInt64BE(BigInt(value)), of);
};

/** @param values the fields; of a K the numbers are an array */
export function encode(type, flags, exchange, values) {
  const payload = Buffer.concat(fieldsOf(type, flags).flatMap(([name, kind]) =>
    typeof kind === 'string' ? Buffer.from(values[name] ?? '') : [values[name]].flat().map((value) => bytes(kind, value))));
  const head = bytes(8, exchange); // an exchange has 7 bytes: the first one is free for the end of the length
  head[0] = payload.length;
  return Buffer.concat([Buffer.from([type.charCodeAt(0), flags, payload.length >> 16, payload.length >> 8]), head, payload]);
}

/** Makes frames of bytes in pieces of any size, and skips what it may. Each number of a K comes as a frame. */
export function decoder(maxFrame) {
  let input = NOTHING, skip = 0;
  return function* frames(piece) {
    for (input = input.length ? Buffer.concat([input, piece]) : piece; ;) {
      const skipped = Math.min(skip, input.length);
      input = input.subarray(skipped);
      skip -= skipped;
      if (skip || input.length < 12) return;
      const type = String.fromCharCode(input[0]), flags = input[1], length = input.readUIntBE(2, 3);
      const exchange = Number(input.readBigUInt64BE(4) & 0xffffffffffffffn);
      if (!/[a-z]/.test(type)) {
        checkHead(type, flags, exchange, length, maxFrame);
        if (input.length < 12 + length) return;
        for (let at = 0; at === 0 || (type === 'K' && at < length); at += 8) yield decode({ type, flags, exchange }, input.subarray(12 + at, 12 + length));
      }
      skip = 12 + length;
    }
  };
}
function checkHead(type, flags, exchange, length, maxFrame) {
  const need = (right, what) => right || wrong(`frame ${type} of exchange ${exchange}: ${what}`);
  need(FRAMES[type], 'unknown type');
  need(!(flags & ~FRAMES[type][0]), 'unknown flags');
  need('DAX'.includes(type) ? exchange >= 1 && exchange <= MAX : exchange === 0, 'it has another exchange');
  need(type !== 'D' || ((flags & (CRC | END)) !== CRC && (flags & (DEADLINE | OPEN)) !== DEADLINE), 'CRC without END, or DEADLINE without OPEN');
  need(type !== 'X' || (flags & BOTH && (!(flags & UNOPENED) || (flags & BOTH) === BOTH)), 'it cuts nothing, or half of what was never opened');
  const kinds = fieldsOf(type, flags).map(([, kind]) => kind);
  const least = kinds.reduce((sum, kind) => sum + ({ token: 8, data: 0, text: 0 }[kind] ?? kind), 0);
  const most = least + (type === 'K' ? 8_184 : kinds.includes('data') ? maxFrame : kinds.includes('text') ? 256 : 0);
  need(length >= least && length <= most && (type !== 'K' || length % 8 === 0), `length ${length}`);
}
function decode(f, payload) {
  let at = 0;
  for (const [name, kind] of fieldsOf(f.type, f.flags)) {
    const end = { token: 8, data: payload.length - (f.flags & CRC ? 4 : 0), text: payload.length }[kind] ?? at + kind;
    const of = payload.subarray(at, (at = end));
    f[name] = kind === 'text' ? utf8(of) : typeof kind === 'string' ? of : kind === 4 ? of.readUInt32BE() : Number(of.readBigUInt64BE());
    const [from, to] = { number: [1, MAX], crc: [0, 2 ** 32], ms: [f.type === 'D' ? 1 : 0, TIME] }[name] ?? [0, kind === 4 ? TIME : MAX];
    if (f[name] < from || f[name] > to) wrong(`frame ${f.type}: ${name} ${f[name]} is not from ${from} to ${to}`);
  }
  if (f.offset + f.data?.length > MAX || (f.offset && f.flags & OPEN)) wrong('frame D: offset');
  if (f.released > f.received) wrong('frame A: released is beyond received');
  if (f.finalSize && (!(f.flags & MINE) || f.flags & UNOPENED)) wrong('frame X: a final size without a message');
  return f;
}
