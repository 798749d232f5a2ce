'use strict';
// A peer with plain sockets. First prints {"port":…}; then one line of stdin is one exchange:
// {"connect":PORT, or 0 for the next connection that comes,"program":…,"ends":"first" or "after","gzip":…}, and one line of
// stdout its end: {"clean":…,"error":…,"bytes":…,"sha256":…,"ms":…}. "ends" says whether our direction ends before the other
// one has, or after it. The body is hashed as it came, or what it unpacks to.
const crypto = require('node:crypto');
const fs = require('node:fs');
const net = require('node:net');
const readline = require('node:readline');
const zlib = require('node:zlib');

const PATIENCE = 20000;
const half = { allowHalfOpen: true };
const orders = [];
const waiting = [];

// libuv before 1.52 reports some resets as an end. Linux knows: a connection that was reset is none any more. One that has
// ended is there: in CLOSE_WAIT where our end is still due, in TIME_WAIT where it came before theirs. So our end comes first
// only where they wait for it: if both ended at a time, it might be gone too.
function isThere(local, remote) {
  if (!remote) return false; // it was reset before it could be asked who is there
  const port = (number) => ':' + number.toString(16).toUpperCase().padStart(4, '0');
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].filter((name) => fs.existsSync(name));
  if (!tables.length) return true;
  const lines = tables.flatMap((name) => fs.readFileSync(name, 'latin1').split('\n'));
  return lines.some((line) => {
    const [, from, to] = line.trim().split(/\s+/);
    return from && from.endsWith(port(local)) && to.endsWith(port(remote));
  });
}

function exchange(socket, order) {
  const start = Date.now();
  const { localPort, remotePort } = socket;
  const chunks = [];
  const result = { clean: false };
  let told = false;
  const tell = () => {
    if (told) return;
    told = true;
    clearTimeout(timer);
    const all = Buffer.concat(chunks);
    const blank = all.indexOf('\n\n');
    let body = blank < 0 ? Buffer.alloc(0) : all.subarray(blank + 2);
    if (order.gzip && result.clean) {
      try {
        body = zlib.gunzipSync(body);
      } catch (e) {
        result.unpacked = e.code;
      }
    }
    result.bytes = body.length;
    result.sha256 = crypto.createHash('sha256').update(body).digest('hex');
    result.ms = Date.now() - start;
    process.stdout.write(JSON.stringify(result) + '\n');
    socket.destroy();
  };
  const timer = setTimeout(() => {
    result.error = 'it did not end';
    tell();
  }, PATIENCE);
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', (e) => {
    result.clean = false;
    result.error = e.code;
  });
  socket.on('end', () => {
    result.clean = isThere(localPort, remotePort);
    if (!result.clean) result.error = 'a reset, told as an end';
    if (order.ends === 'after') socket.end(order.connect ? '' : 'ok');
    else tell();
  });
  socket.on('close', tell);
  if (order.connect) socket.write(JSON.stringify({ program: order.program }) + '\n\na request');
  else socket.write(order.ends === 'first' ? '{}\n\nok' : '{}\n\n');
  if (order.ends === 'first') socket.end();
}

// whichever comes first, the connection or the order for it
function match() {
  while (orders.length && waiting.length) exchange(waiting.shift(), orders.shift());
}

const server = net.createServer(half, (socket) => {
  waiting.push(socket);
  match();
});
server.listen(0, '127.0.0.1', () => process.stdout.write(JSON.stringify({ port: server.address().port }) + '\n'));

const input = readline.createInterface({ input: process.stdin });
input.on('close', () => process.exit());
input.on('line', (line) => {
  const order = JSON.parse(line);
  if (order.connect) {
    const socket = net.connect({ port: order.connect, host: '127.0.0.1', ...half }, () => exchange(socket, order));
  } else {
    orders.push(order);
    match();
  }
});
