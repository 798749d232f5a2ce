'use strict'
// A client for each exchange over net, as one would write it; after a loss it tries again. The commands are those of ClientMain.
const net = require('net')
const readline = require('readline')

const body = Buffer.alloc(64)
let x = 2463534242
for (let i = 0; i < body.length; i++) {
  x ^= x << 13
  x ^= x >>> 17
  x ^= x << 5
  body[i] = x >>> 24
}
const request = Buffer.concat([Buffer.from('{"bench":1}\n\n'), body])
const answer = Buffer.concat([Buffer.from('{"ok":true}\n\n'), body])

// connections to a single address soon use up all ports
let next = 0

function start (port, wait, done) {
  const parts = []
  let whole = false
  const socket = net.connect({ port, host: '127.0.0.' + (1 + next++ % 64), allowHalfOpen: true, noDelay: true })
  socket.end(request)
  socket.on('data', function (chunk) { parts.push(chunk) })
  socket.on('end', function () {
    if (!answer.equals(Buffer.concat(parts))) throw new Error('a wrong answer')
    whole = true
  })
  socket.on('error', function (e) { if (wait === 0) throw e })
  socket.on('close', function () {
    if (whole) done()
    else setTimeout(start, wait, port, wait, done)
  })
}

function load (port, atATime, millis) {
  const begin = process.hrtime.bigint()
  const end = begin + BigInt(millis) * 1000000n
  let exchanges = 0
  let open = atATime
  function next () {
    if (process.hrtime.bigint() < end) {
      start(port, 0, function () {
        exchanges++
        next()
      })
    } else if (--open === 0) {
      console.log('DONE exchanges=' + exchanges + ' seconds=' + Number(process.hrtime.bigint() - begin) / 1e9)
    }
  }
  for (let i = 0; i < atATime; i++) next()
}

function comeBack (port, count, wait) {
  let open = count
  for (let i = 0; i < count; i++) {
    start(port, wait, function () {
      if (--open === 0) console.log('DONE exchanges=' + count)
    })
  }
}

const lines = readline.createInterface({ input: process.stdin })
lines.on('line', function (line) {
  const words = line.split(' ')
  const task = words[0] === 'load' ? load : comeBack
  task(Number(words[1]), Number(words[2]), Number(words[3]))
})
lines.on('close', function () { process.exit() })
console.log('READY')
