'use strict'
// Node at its leanest: sockets, without streams of our own around them.

const fs = require('fs')
const { bytes, file, pattern, serve, tlsPart } = require('./serve')

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

function exchange (socket) {
  const parts = [header]
  receive(socket, nothing, function (chunk) { parts.push(chunk) })
  socket.on('end', function () { socket.end(Buffer.concat(parts)) })
}

function up (socket) {
  let count = 0
  receive(socket, nothing, function (chunk) { count += chunk.length })
  socket.on('end', function () {
    socket.write(header)
    socket.end(String(count))
  })
}

function down (socket, left) {
  function more () {
    while (left > 0) {
      const chunk = left < pattern.length ? pattern.subarray(0, left) : pattern
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
}

function sendFile (socket) {
  receive(socket, nothing, nothing)
  socket.on('end', function () {
    socket.write(header)
    fs.createReadStream(file).pipe(socket)
  })
}

function echo (socket) {
  socket.write(header)
  receive(socket, nothing, function (chunk) {
    if (!socket.write(chunk)) {
      socket.pause()
      socket.once('drain', function () { socket.resume() })
    }
  })
  socket.on('end', function () { socket.end() })
}

function hold (socket) {
  receive(socket, function () { socket.write(header) }, nothing)
  socket.on('end', function () { socket.end() })
}

serve({
  exchange,
  up,
  down (socket) { down(socket, bytes) },
  file: sendFile,
  echo,
  hold,
  tls_up: up,
  tls_down (socket) { down(socket, bytes / tlsPart) }
})
