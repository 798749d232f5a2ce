// The rules of docs/session.md for single fields that session-peer.mjs leaves out, since who breaks them cannot damage
// a message. The check of the vectors adds them; a peer that meets strangers has to have them.
import { isUtf8 } from 'node:buffer';
import { ProtocolError } from './session-peer.mjs';

function check(right, what) {
  if (!right) throw new ProtocolError(what);
}
const MAX = Number.MAX_SAFE_INTEGER, TIME = 2 ** 31 - 1;
const number = (from, to = MAX) => (value) => Number.isSafeInteger(value) && value >= from && value <= to;
const text = (pattern) => (value) =>
  typeof value === 'string' && Buffer.byteLength(value) <= 256 && pattern.test(value);
const binary = (length) => (value) => {
  const of = Buffer.from(String(value), 'base64url');
  return of.length === length && of.toString('base64url') === value;
};
const list = (most, rule) => (value) => Array.isArray(value) && value.length <= most && value.every(rule);
const may = (rule) => (value) => value === undefined || rule(value);
const outcome = (pair) => list(2, may)(pair) && number(1)(pair[0]) && text(/./)(pair[1]);

const PROMISES = {
  keepMs: number(0, TIME), beatMs: number(1, TIME), window: number(1), maxFrame: number(1_024, 1_048_576),
};
const LINES = {
  __proto__: null,
  new: { session: binary(16), key: binary(32), epoch: number(1, 1), ...PROMISES },
  resume: {
    session: binary(16), memory: binary(8), epoch: number(2), proof: binary(32), lostMs: may(number(0, TIME)),
  },
  welcome: {
    memory: binary(8), epoch: number(1), ...PROMISES, exchanges: number(0), seen: number(0), proof: binary(32),
  },
  refuse: {
    code: text(/^[a-z-]{1,32}$/), text: may(text(/^/)), memory: may(binary(8)), retryMs: may(number(0, TIME)),
    speaks: may(list(16, number(1, 999))), exchanges: may(list(100, outcome)),
  },
};

/** A decoded first line with the fields that are known, if each of them is right; null as long as it has not ended. */
export function checkLine(input, decoded) {
  check('restream/'.startsWith(input.toString('latin1', 0, 9)), 'the first line does not begin with "restream/"');
  if (!decoded) return null;
  const { version, verb, length, ...fields } = decoded, line = { version, verb, length };
  check(isUtf8(input.subarray(0, length)), 'the first line is not UTF-8');
  if (version !== 1 && verb !== 'refuse') return line;
  check(LINES[verb], `the verb "${verb}" is not known`);
  for (const [name, rule] of Object.entries(LINES[verb])) {
    const value = fields[name] ?? undefined; // null is the same as no field
    check(rule(value), `field "${name}" is missing or wrong`);
    if (value !== undefined) line[name] = value;
  }
  check(!(line.seen > line.exchanges), 'field "seen" is more than "exchanges"');
  return line;
}

// Whether the fields of a frame contradict each other, or its flags. The peer sees most of it when it handles a frame.
const OPEN = 1, MINE = 1, UNOPENED = 4;
const WRONG = {
  D: ({ flags, offset, ms, data }) => ms === 0 || (flags & OPEN && offset > 0) || offset + data.length > MAX,
  A: ({ received, released }) => released > received,
  K: ({ number: exchange }) => exchange === 0,
  X: ({ flags, finalSize }) => finalSize > 0 && (flags & (MINE | UNOPENED)) !== MINE,
};

/** A copy of a frame that is right. */
export function checkFrame(f) {
  check(!WRONG[f.type]?.(f), `frame ${f.type}: its fields contradict each other`);
  for (const name of ['code', 'ms']) check(!(f[name] > TIME), `frame ${f.type}: ${name} is too large`);
  check(!f.text || isUtf8(f.text), `frame ${f.type}: its text is not UTF-8`);
  return { ...f, ...(f.data && { data: Buffer.from(f.data) }), ...(f.text && { text: f.text.toString() }) };
}
