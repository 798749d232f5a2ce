'use strict';
// A relay that cuts connections at random bytes, by FIN, by RST and by silence; used by reliability/uploads.
//
//   node cutting-relay.js PORT SEED CUTS SPAN     relays to PORT, cuts CUTS connections, each within SPAN bytes
//
// Prints the port where it listens, and a line for each cut. At SIGTERM it prints how many bytes of clients the server was sent.
const net = require('node:net');

const [port, seed, cuts, span] = process.argv.slice(2).map(Number);
let state = seed >>> 0 || 1;
const random = (most) => {
  // xorshift: the same cuts for the same seed
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % most;
};
const kinds = ['FIN', 'RST', 'silence'];
let left = cuts;
let passed = 0;

const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => {
  const up = net.connect({ port, allowHalfOpen: true });
  const cut = left > 0 ? { kind: kinds[random(3)], at: 1 + random(span) } : null;
  let bytes = 0;
  let silent = false;
  for (const [one, other] of [[client, up], [up, client]]) {
    one.on('error', () => other.destroy());
    one.on('close', () => silent || other.destroy());
    one.on('end', () => silent || other.end());
    other.on('drain', () => silent || one.resume());
  }
  up.on('data', (piece) => silent || client.write(piece) || up.pause());
  client.on('data', (piece) => {
    const some = cut ? piece.subarray(0, Math.max(0, cut.at - bytes)) : piece;
    bytes += some.length;
    passed += some.length;
    if (!up.write(some)) {
      client.pause();
    }
    if (cut && bytes >= cut.at && !silent) {
      console.log(`cut by ${cut.kind} after ${bytes} bytes`);
      silent = true;
      left--;
      if (cut.kind === 'FIN') {
        up.end();
        client.end();
      } else if (cut.kind === 'RST') {
        up.resetAndDestroy();
        client.resetAndDestroy();
      } else {
        client.pause();
        up.pause();
      }
    }
  });
  client.resume();
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.on('SIGTERM', () => {
  console.log(`passed ${passed}`);
  process.exit(0);
});
