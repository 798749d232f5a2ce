'use strict';
// A peer as the Node module of 2013 is one: simple-protocol over node:net, nothing else.
//
//   node peer.js server           listens; prints {"port":…}; does what the header of each request says
//   node peer.js client PORT      reads jobs from stdin, one JSON header per line; each is a request to PORT,
//                                 and prints one line of JSON when its response has ended or failed
//   node peer.js judge            reads from stdin, one line of JSON each, the "bytes" (base64) of a message with its
//                                 end, and prints what it takes them for
//
// With TLS where the environment names files: TLS_CERT and TLS_KEY for the certificate to show, TLS_CA whom to trust.
//
// What a header asks for ("do"):
//   check  the body is pattern(seed): the answer says how long it was, and where it was wrong (-1: nowhere)
//   send   answers with pattern(seed), "length" bytes of it
//   echo   answers with the body, while it comes
//   empty  answers with end() and no write
//   tell   as check, but the answer is empty, and what happens is printed: "length" bytes read, end or error
//   half   answers "half" of a body when it has read the request to its end
//   stuck  answers "half" of a body, and reads no more
//   who    the answer says whose certificate was shown
//
// A client's body is pattern(seed), "send" bytes of it; with "hold" no end follows.
const events = require('node:events');
const fs = require('node:fs');
const net = require('node:net');
const tls = require('node:tls');
const readline = require('node:readline');

const print = (result) => process.stdout.write(JSON.stringify(result) + '\n');

const file = (name) => process.env[name] && fs.readFileSync(process.env[name]);
const secure = { cert: file('TLS_CERT'), key: file('TLS_KEY'), ca: file('TLS_CA'), minVersion: 'TLSv1.3' };
const hasTls = secure.cert || secure.ca;

// The same bytes as Pattern.java.
class Pattern {
  constructor(seed) {
    this.state = seed;
    this.position = 0;
    this.wrong = -1;
  }

  next(length) {
    const bytes = Buffer.allocUnsafe(length);
    for (let i = 0; i < length; i++) bytes[i] = this.byte();
    return bytes;
  }

  check(bytes) {
    for (let i = 0; i < bytes.length; i++) {
      if (bytes[i] !== this.byte() && this.wrong < 0) this.wrong = this.position - 1;
    }
  }

  byte() {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) | 0;
    this.position++;
    return this.state >>> 24;
  }
}

// One message out: the header goes with the first write; end() with no write sends nothing.
class Outgoing {
  constructor(socket, header) {
    this.socket = socket;
    this.header = header;
    this.wrote = false;
  }

  write(bytes, done) {
    if (!this.wrote) this.socket.write(JSON.stringify(this.header) + '\n\n');
    this.wrote = true;
    return this.socket.write(bytes, done);
  }

  end() {
    this.socket.end();
  }
}

// One message in: calls on.header, then on.data and on.end, or on.error.
function incoming(socket, on) {
  let before = Buffer.alloc(0);
  let known = false;
  socket.on('data', (chunk) => {
    if (known) return on.data(chunk);
    before = Buffer.concat([before, chunk]);
    const blank = before.indexOf('\n\n');
    if (blank < 0) return;
    known = true;
    on.header(JSON.parse(before.subarray(0, blank)));
    const rest = before.subarray(blank + 2);
    if (rest.length > 0) on.data(rest);
  });
  socket.on('end', () => on.end());
  socket.on('error', (e) => on.error(e));
}

function sendPattern(out, seed, length, step, hold) {
  const pattern = new Pattern(seed);
  const more = () => {
    while (pattern.position < length) {
      if (!out.write(pattern.next(Math.min(step, length - pattern.position)))) {
        out.socket.once('drain', more);
        return;
      }
    }
    // the original has no other way to send a header with an empty body
    if (length === 0) out.write('');
    if (!hold) out.end();
  };
  more();
}

function serve(socket) {
  let asked;
  let body;
  let out;
  socket.setNoDelay(true);
  incoming(socket, {
    header(header) {
      asked = header;
      body = new Pattern(header.seed);
      out = new Outgoing(socket, { did: header.do });
      if (asked.do === 'send') sendPattern(out, asked.seed, asked.length, asked.step || 65536);
      if (asked.do === 'stuck') {
        socket.pause();
        out.write('half');
      }
    },
    data(chunk) {
      if (asked.do === 'check' || asked.do === 'tell') body.check(chunk);
      if (asked.do === 'tell' && body.position === asked.length) print({ read: asked.length });
      if (asked.do === 'echo' && !out.write(chunk)) {
        socket.pause();
        socket.once('drain', () => socket.resume());
      }
    },
    end() {
      if (!asked) return socket.end();
      if (asked.do === 'check') {
        out.header.length = body.position;
        out.header.wrong = body.wrong;
        out.write('');
        out.end();
      }
      if (asked.do === 'echo') {
        out.write('');
        out.end();
      }
      if (asked.do === 'empty') out.end();
      if (asked.do === 'who') {
        out.header.subject = socket.getPeerCertificate().subject.CN;
        out.write('');
        out.end();
      }
      if (asked.do === 'tell') {
        print({ end: true, length: body.position, wrong: body.wrong });
        out.end();
      }
      if (asked.do === 'half') out.write('half');
    },
    error(e) {
      if (asked && asked.do === 'tell') print({ error: e.code, length: body.position, wrong: body.wrong });
    },
  });
}

function ask(port, job, done) {
  const where = { port, host: '127.0.0.1', allowHalfOpen: true };
  const socket = hasTls ? tls.connect({ ...where, ...secure }) : net.connect(where);
  const body = new Pattern(job.seed);
  const result = { header: null, end: false };
  socket.setNoDelay(true);
  incoming(socket, {
    header(header) {
      result.header = header;
    },
    data(chunk) {
      body.check(chunk);
    },
    end() {
      result.end = true;
    },
    error(e) {
      result.error = e.code;
    },
  });
  socket.on('close', () => done({ ...result, length: body.position, wrong: body.wrong }));
  if (job.do === 'silent') socket.end();
  else sendPattern(new Outgoing(socket, job), job.seed, job.send, job.step || 65536, job.hold);
}

// What a message is, by the rules for the receiver: "header" (as JSON text) and "body" (base64), "none", or "refused".
function judge(bytes) {
  const socket = new events.EventEmitter();
  const result = {};
  const body = [];
  incoming(socket, {
    header(header) {
      if (header === null || typeof header !== 'object' || Array.isArray(header)) throw new Error('no object');
      result.header = JSON.stringify(header);
    },
    data(chunk) {
      body.push(chunk);
    },
    end() {
      if (result.header === undefined && bytes.length > 0) throw new Error('an end inside the header');
      if (bytes.length === 0) result.none = true;
    },
  });
  try {
    socket.emit('data', bytes);
    socket.emit('end');
    return { ...result, body: Buffer.concat(body).toString('base64') };
  } catch (e) {
    return { refused: e.message };
  }
}

if (process.argv[2] === 'judge') {
  const messages = readline.createInterface({ input: process.stdin });
  messages.on('line', (line) => print(judge(Buffer.from(JSON.parse(line).bytes, 'base64'))));
} else if (process.argv[2] === 'server') {
  const half = { allowHalfOpen: true };
  const server = hasTls
    ? tls.createServer({ ...half, ...secure, requestCert: !!secure.ca }, serve)
    : net.createServer(half, serve);
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1', () => print({ port: server.address().port }));
} else {
  const jobs = readline.createInterface({ input: process.stdin });
  jobs.on('line', (line) => ask(Number(process.argv[3]), JSON.parse(line), print));
}
