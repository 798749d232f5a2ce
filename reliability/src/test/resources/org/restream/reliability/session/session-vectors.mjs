// Plays the test vectors of docs/session.md to the codec of session-peer.mjs: in one piece, byte by byte, and back. The
// rules that the small peer leaves out are those of session-rules.mjs.
import assert from 'node:assert';
import { ProtocolError, crc32c, decode, decodeLine, encode, encodeLine, proof } from './session-peer.mjs';
import { checkFrame, checkLine } from './session-rules.mjs';

const FLAGS = { D: ['OPEN', 'END', 'CRC', 'ALL', 'DEADLINE'], A: ['END', 'LIST'], X: ['MINE', 'YOURS', 'UNOPENED'], P: ['PONG'] };
const hex = (value) => value.toString(16).padStart(8, '0');

/** The bytes of a vector's spelling. */
function bytes(spelled) {
  const parts = [];
  for (const [, text, times, from, to, plain] of spelled.matchAll(/'((?:[^'\\]|\\.)*)'|\*\s*(\d+)|(\w\w)\.\.(\w\w)|([0-9a-f]+)/g)) {
    if (times) parts.push(...Array(times - 1).fill(parts.at(-1)));
    else if (from) for (let byte = parseInt(from, 16); byte <= parseInt(to, 16); byte++) parts.push(Buffer.of(byte));
    else if (plain) parts.push(Buffer.from(plain, 'hex'));
    else for (const [, code, escaped, some] of text.matchAll(/\\x(\w\w)|\\(.)|([^\\]+)/gs)) {
      parts.push(code ? Buffer.from(code, 'hex') : Buffer.from(some ?? { n: '\n', r: '\r', t: '\t' }[escaped] ?? escaped));
    }
  }
  return Buffer.concat(parts);
}

/** What a decoded frame means, as the vectors say it. */
function meaning({ type, flags, exchange, number, token, ms, data, crc, ...more }, said) {
  const of = { frame: type, ...more };
  if ('DAXK'.includes(type)) of.exchange = number ?? exchange;
  if (FLAGS[type]) of.flags = FLAGS[type].filter((_, bit) => flags & (1 << bit));
  if (token) of.token = token.toString('hex');
  if (ms !== undefined) of[type === 'D' ? 'deadlineMs' : 'ms'] = ms;
  if (crc !== undefined) of.crc = hex(crc);
  if (data && said?.bytes) assert.deepEqual(data, bytes((of.bytes = said.bytes)));
  else if (data) of.data = data.toString();
  return of;
}

function read(pieces, maxFrame, means) {
  const frames = [];
  let error, input = Buffer.alloc(0);
  try {
    for (const piece of pieces) {
      input = Buffer.concat([input, piece]);
      for (let next; (next = decode(input, maxFrame)); input = input.subarray(next.length)) {
        for (const f of next.frames) frames.push(checkFrame(f));
      }
    }
  } catch (thrown) {
    if (!(thrown instanceof ProtocolError)) throw thrown;
    error = thrown;
  }
  return { frames, error, means: frames.map((f, i) => meaning(f, means[i])) };
}

const plays = {
  frames(v) {
    const input = bytes(v.bytes.join(' ')), means = (v.means ?? []).map((line) => JSON.parse(line));
    for (const pieces of [[input], input.length < 5_000 ? Array.from(input, (_, i) => input.subarray(i, i + 1)) : [input]]) {
      const was = read(pieces, Number(v.maxFrame ?? 65_536), means);
      assert.deepEqual(was.means, means);
      assert.equal(was.error !== undefined, v.error !== undefined, was.error?.message);
      if (v.error || v.only) continue;
      if (was.frames.filter((f) => f.type === 'K').length > 1) continue; // our encoder puts one number into a K
      assert.deepEqual(Buffer.concat(was.frames.map((f) => encode(f.type, f.flags, f.exchange, f))), input);
    }
  },
  hello(v) {
    const input = bytes(v.bytes.join(' '));
    const read = () => checkLine(input, decodeLine(input));
    if (v.error) return assert.throws(() => assert.fail(`it is taken: ${read()}`), ProtocolError);
    const means = JSON.parse(v.means[0]), { length, version, ...fields } = read();
    if (means.verb === 'resume') fields.lostMs ??= 0;
    assert.deepEqual(means.version ? { version, ...fields } : fields, means);
    assert.deepEqual(input.subarray(length), bytes(v.rest?.[0] ?? ''));
    for (let i = 0; i < length - 1; i++) assert.equal(decodeLine(input.subarray(0, i)), null);
    const { verb, ...said } = means;
    if (!v.only) assert.deepEqual(encodeLine(verb, said), input);
  },
  proof: (v) => assert.equal(proof(v.side[0], v.key[0], v.session[0], v.memory[0], Number(v.epoch[0])), v.proof[0]),
  crc32c: (v) => assert.equal(hex(crc32c(bytes(v.bytes?.[0] ?? ''))), v.crc[0]),
};

/** How many vectors of each kind were played. */
export function play(page) {
  const played = {};
  for (const [, kind, name, block] of page.matchAll(/^```(frames|hello|proof|crc32c) (\S+)\n(.*?)^```/gms)) {
    const v = {};
    for (const [, key, value] of block.matchAll(/^([\w ]+): (.*)$/gm)) (v[key] ??= []).push(value);
    try {
      plays[kind](v);
    } catch (error) {
      throw new Error(`vector ${name}: ${error.message}`, { cause: error });
    }
    played[kind] = (played[kind] ?? 0) + 1;
  }
  return played;
}
