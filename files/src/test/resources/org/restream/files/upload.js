'use strict';
// Uploads that go on, in both roles, as docs/wire.md says it: node:net and nothing of restream's.
//
//   node upload.js send PORT ID FILE [CUT]   sends the file; the first connection is reset after CUT bytes
//   node upload.js receive FILE [CUT]        receives one upload into FILE, resets the first connection after CUT bytes;
//                                            prints {"port":…}
//
// Prints a line of JSON at each step.
const crypto = require('node:crypto');
const fs = require('node:fs');
const net = require('node:net');

const print = (what) => process.stdout.write(JSON.stringify(what) + '\n');
const text = (header) => JSON.stringify(header) + '\n\n';

// Calls back with the header and what has come of the body, once.
function onHeader(socket, callback) {
  let before = Buffer.alloc(0);
  const more = (bytes) => {
    before = Buffer.concat([before, bytes]);
    const end = before.indexOf('\n\n');
    if (end >= 0) {
      socket.off('data', more);
      callback(JSON.parse(before.subarray(0, end)), before.subarray(end + 2));
    }
  };
  socket.on('data', more);
}

function send(port, id, file, cut) {
  const size = fs.statSync(file).size;
  const socket = net.connect({ port, allowHalfOpen: true });
  let again = true;
  socket.on('error', () => {});
  socket.on('close', () => again && setImmediate(send, port, id, file, 0));
  socket.write(text({ name: 'from-node', size, upload: { id } }));
  onHeader(socket, (header, start) => {
    print(header);
    if (header.refused) {
      again = false;
      socket.destroy();
      return;
    }
    let answer = start.toString();
    socket.on('data', (bytes) => (answer += bytes));
    socket.on('end', () => {
      const result = JSON.parse(answer);
      again = result.refused !== undefined && result.refused.retryMs !== undefined;
      print(result);
    });
    if (header.upload.done) {
      socket.end();
      return;
    }
    const from = header.upload.have;
    const body = fs.createReadStream(file, { start: from, end: cut ? from + cut - 1 : Infinity });
    body.pipe(socket, { end: !cut });
    body.on('end', () => cut && socket.write('', () => socket.resetAndDestroy()));
  });
}

function receive(file, cut) {
  let have = 0;
  let size = 0;
  let whole = null;
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {});
    onHeader(socket, (header) => {
      if (whole) {
        socket.end(text({ upload: { done: true } }) + JSON.stringify(whole));
        return;
      }
      size = header.size;
      socket.write(text({ upload: { have } }));
      const out = fs.openSync(file, 'a');
      fs.ftruncateSync(out, have);
      socket.on('data', (bytes) => {
        fs.writeSync(out, bytes);
        have += bytes.length;
        if (cut && have >= cut) {
          cut = 0;
          socket.resetAndDestroy();
        }
      });
      socket.on('end', () => {
        fs.fsyncSync(out);
        if (have < size) {
          socket.end(JSON.stringify({ refused: { reason: 'it ends early', retryMs: 0 } }));
          return;
        }
        const sha256 = crypto.createHash('sha256').update(fs.readFileSync(file)).digest('hex');
        whole = { name: header.name, size, sha256 };
        print(whole);
        socket.end(JSON.stringify(whole));
      });
    });
  });
  server.listen(0, '127.0.0.1', () => print({ port: server.address().port }));
}

const [role, ...args] = process.argv.slice(2);
if (role === 'send') {
  send(Number(args[0]), args[1], args[2], Number(args[3] || 0));
} else {
  receive(args[0], Number(args[1] || 0));
}
