'use strict';
// Receives messages, and tells how they end. First prints {"port":…,"version":…,"tellsEveryReset":…}; then one line of
// stdin is one message: {"connect":PORT or 0 for the next connection that comes,"mark":…,"pause":…,"unread":…,"flood":…},
// as Plan.java says; {"goOn":true} ends a pause. Prints {"marked":true}, and {"end":…,"error":…,"sha256":…}.
// With TLS where the environment names files: TLS_CERT, TLS_KEY, TLS_CA.
const crypto = require('node:crypto');
const fs = require('node:fs');
const net = require('node:net');
const tls = require('node:tls');
const readline = require('node:readline');

const print = (result) => process.stdout.write(JSON.stringify(result) + '\n');
const file = (name) => process.env[name] && fs.readFileSync(process.env[name]);
const secure = { cert: file('TLS_CERT'), key: file('TLS_KEY'), ca: file('TLS_CA'), minVersion: 'TLSv1.3' };
const half = { allowHalfOpen: true };
const plans = [];
const waiting = [];
let paused;

function receive(socket, plan) {
  const digest = crypto.createHash('sha256');
  const result = { end: false };
  let header = Buffer.alloc(0);
  let total = 0;
  let marked = false;
  const body = (bytes) => {
    digest.update(bytes);
    total += bytes.length;
    if (total < plan.mark || marked) return;
    marked = true;
    print({ marked });
    if (plan.pause) {
      socket.pause();
      paused = socket;
    }
  };
  socket.on('data', (chunk) => {
    if (!header) return body(chunk);
    const all = Buffer.concat([header, chunk]);
    const blank = all.indexOf('\n\n');
    header = blank < 0 ? all : undefined;
    if (!header) body(all.subarray(blank + 2));
  });
  socket.on('end', () => {
    result.end = true;
    // it answers: where the end was a reset in disguise, this finds out
    socket.end('it has ended');
  });
  socket.on('error', (e) => {
    result.error = e.code;
  });
  socket.on('close', () => print({ ...result, sha256: digest.digest('hex') }));
  if (plan.connect || plan.unread) socket.write('{"a":1}\n\n' + 'u'.repeat(plan.unread));
  const flood = () => {
    while (!result.end && !socket.destroyed && socket.write(Buffer.alloc(65536)));
  };
  if (plan.flood) socket.on('drain', flood) && flood();
}

// whichever comes first, the connection or the plan for it
function match() {
  while (plans.length && waiting.length) receive(waiting.shift(), plans.shift());
}

const accept = (socket) => {
  socket.on('error', () => {});
  waiting.push(socket);
  match();
};
const server = secure.cert ? tls.createServer({ ...half, ...secure }, accept) : net.createServer(half, accept);
server.listen(0, '127.0.0.1', () => {
  const [major, minor] = process.versions.uv.split('.').map(Number);
  print({ port: server.address().port, version: process.version, tellsEveryReset: major > 1 || minor >= 52 });
});

const orders = readline.createInterface({ input: process.stdin });
orders.on('close', () => process.exit());
orders.on('line', (line) => {
  const plan = JSON.parse(line);
  if (plan.goOn) {
    paused.resume();
  } else if (plan.connect) {
    const to = { port: plan.connect, host: '127.0.0.1', ...half };
    const socket = secure.cert ? tls.connect({ ...to, ...secure }) : net.connect(to);
    receive(socket, plan);
  } else {
    plans.push(plan);
    match();
  }
});
