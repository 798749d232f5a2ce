'use strict'
// Streams over net, as the original does it: a JSON header, a blank line, and a body until the end of the direction.

const fs = require('fs')
const net = require('net')

const bytes = Number(process.argv[2])
const file = process.argv[3]

const PERIOD = 65536
const pattern = Buffer.alloc(PERIOD)
for (let i = 0, x = 2463534242 | 0; i < PERIOD; i++) {
  x ^= x << 13
  x ^= x >>> 17
  x ^= x << 5
  pattern[i] = x >>> 24
}

const header = Buffer.from(JSON.stringify({ ok: true }) + '\n\n')

// Calls back with the header, once, and then for each piece of the body.
function receive (socket, onHeader, onData) {
  let before = null
  socket.on('data', function (chunk) {
    if (onHeader === null) return onData(chunk)
    before = before === null ? chunk : Buffer.concat([before, chunk])
    const end = before.indexOf('\n\n')
    if (end < 0) return
    const found = JSON.parse(before.toString('utf8', 0, end))
    const rest = before.subarray(end + 2)
    const tell = onHeader
    onHeader = before = null
    tell(found)
    if (rest.length > 0) onData(rest)
  })
}

function nothing () {}

const tasks = {
  exchange (socket) {
    const parts = [header]
    receive(socket, nothing, function (chunk) { parts.push(chunk) })
    socket.on('end', function () { socket.end(Buffer.concat(parts)) })
  },

  up (socket) {
    let count = 0
    receive(socket, nothing, function (chunk) { count += chunk.length })
    socket.on('end', function () {
      socket.write(header)
      socket.end(String(count))
    })
  },

  down (socket) {
    let left = bytes
    function more () {
      while (left > 0) {
        const chunk = left < PERIOD ? pattern.subarray(0, left) : pattern
        left -= chunk.length
        if (!socket.write(chunk)) return
      }
      socket.off('drain', more)
      socket.end()
    }
    receive(socket, nothing, nothing)
    socket.on('end', function () {
      socket.write(header)
      socket.on('drain', more)
      more()
    })
  },

  file (socket) {
    receive(socket, nothing, nothing)
    socket.on('end', function () {
      socket.write(header)
      fs.createReadStream(file).pipe(socket)
    })
  },

  echo (socket) {
    socket.write(header)
    receive(socket, nothing, function (chunk) {
      if (!socket.write(chunk)) {
        socket.pause()
        socket.once('drain', function () { socket.resume() })
      }
    })
    socket.on('end', function () { socket.end() })
  },

  hold (socket) {
    receive(socket, function () { socket.write(header) }, nothing)
    socket.on('end', function () { socket.end() })
  }
}

const ports = []
Object.keys(tasks).forEach(function (name, index, names) {
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, tasks[name])
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, function () {
    ports.push(name + '=' + server.address().port)
    if (ports.length === names.length) console.log('READY ' + ports.join(' '))
  })
})

process.stdin.on('end', function () { process.exit() }).resume()
