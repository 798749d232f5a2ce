'use strict'
// Node as the original module does it: a transform stream for each direction, piped from and to the socket.

const { Transform } = require('stream')
const { serve } = require('./serve')

// Takes the header off, tells it, and hands the body on.
class Incoming extends Transform {
  constructor () {
    super()
    this.before = []
    this.newline = false
    this.headed = false
  }

  _transform (chunk, encoding, done) {
    if (this.headed) return done(null, chunk)
    for (let i = 0; i < chunk.length; i++) {
      if (chunk[i] === 10 && this.newline) return this.found(chunk, i, done)
      this.newline = chunk[i] === 10
    }
    this.before.push(chunk)
    done()
  }

  found (chunk, at, done) {
    this.headed = true
    this.before.push(chunk.subarray(0, at))
    this.emit('header', JSON.parse(Buffer.concat(this.before).toString()))
    if (at + 1 < chunk.length) this.push(chunk.subarray(at + 1))
    done()
  }
}

// Puts the header before the first piece of the body.
class Outgoing extends Transform {
  constructor () {
    super()
    this.header = {}
    this.sent = false
  }

  _transform (chunk, encoding, done) {
    if (!this.sent) this.push(Buffer.from(JSON.stringify(this.header) + '\n\n'))
    this.sent = true
    done(null, chunk)
  }
}

function streams (handler) {
  return function (socket) {
    const outgoing = new Outgoing()
    outgoing.header = { ok: true }
    outgoing.pipe(socket)
    handler(socket.pipe(new Incoming()), outgoing)
  }
}

serve({
  exchange: streams(function (req, res) {
    const parts = []
    req.on('data', function (chunk) { parts.push(chunk) })
    req.on('end', function () { res.end(Buffer.concat(parts)) })
  })
})
