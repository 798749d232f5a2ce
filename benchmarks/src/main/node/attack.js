'use strict'
// Attacks a server of sessions: node attack.js HOST PORT [OTHER_PORT...]; the others are those of servers that nobody measures.
// Each line on standard input names an attack, which goes on until the
// next line; the answer to that says how many connections the attack has had. Frames and first lines are those of docs/session.md.
const net = require('node:net')
const { randomBytes } = require('node:crypto')
const { createInterface } = require('node:readline')

const [host, port, ...otherPorts] = process.argv.slice(2)
const BATCH = 1000
const random = (bytes) => randomBytes(bytes).toString('base64url')
const line = (verb, fields) => `restream/1 ${verb} ${JSON.stringify(fields)}\n`
const begin = () => line('new', {
  session: random(16), key: random(32), epoch: 1, keepMs: 60000, beatMs: 10000, window: 65536, maxFrame: 65536
})
const resume = () => line('resume', { session: random(16), memory: random(8), epoch: 2, proof: random(32), lostMs: 1 })

function frame (type, flags, exchange, ...parts) {
  const payload = Buffer.concat(parts)
  const head = Buffer.alloc(12)
  head[0] = type.charCodeAt(0)
  head[1] = flags
  head.writeUIntBE(payload.length, 2, 3)
  head.writeUIntBE(exchange, 6, 6)
  return Buffer.concat([head, payload])
}
const long = (value) => { const of = Buffer.alloc(8); of.writeBigUInt64BE(BigInt(value)); return of }
const int = (value) => { const of = Buffer.alloc(4); of.writeUInt32BE(value); return of }
const many = (one) => Buffer.concat(Array.from({ length: BATCH }, (_, i) => one(i)))
const OPEN = 1, END = 2
const PINGS = many(() => frame('P', 0, 0, long(7)))
const open = (n, text) => frame('D', OPEN, n, long(0), Buffer.from(text))
const cut = (n) => frame('X', 3, n, int(1), long(9))
const hold = open(1, '{"task":"hold"}\n\n')

// What a connection says first, and what it says then, again and again, until it is closed. Without the latter, the attack closes it.
const ATTACKS = {
  nothing: null,
  'a busy neighbour': { first: begin, then: () => PINGS, neighbour: true },
  connects: { first: () => '' },
  'connects to a C server': { first: () => '', other: 0 },
  'connects to a Java one': { first: () => '', other: 1 },
  'new sessions': { first: begin },
  'guessed sessions': { first: resume },
  'lines without end': { first: () => 'restream/1 new ' + 'x'.repeat(8000) },
  pings: { first: begin, then: () => PINGS },
  'empty data': { first: begin, second: hold, then: () => many(() => frame('D', 0, 1, long(17))) },
  'data of a byte': { first: begin, second: hold, then: (k) => many((i) => frame('D', 0, 1, long(17 + BATCH * k + i), Buffer.from('x'))) },
  'opens and cuts': { first: begin, then: (k) => Buffer.concat(Array.from({ length: 8 }, (_, i) => 8 * k + i + 1).flatMap((n) => [open(n, '{"task":"hold"}\n\n'), cut(n)])) },
  'wrong headers': { first: begin, then: (k) => Buffer.concat(Array.from({ length: 8 }, (_, i) => frame('D', OPEN | END, 8 * k + i + 1, long(0), Buffer.from('['.repeat(2000) + '\n\n')))) },
  'frames of no type': { first: begin, then: () => many(() => frame('q', 0, 0)) }
}

const neighbour = net.createServer((socket) => socket.on('data', () => {}).on('error', () => {})).listen(0, '127.0.0.1')
let attack = null
let connections = 0

function connect () {
  const { first, second, then, neighbour: itself, other } = attack
  const mine = attack
  connections++
  const socket = itself ? net.connect(neighbour.address().port, '127.0.0.1') : net.connect(other === undefined ? port : otherPorts[other], host)
  let count = 0
  const push = () => {
    if (attack !== mine) return void socket.destroy()
    while (!socket.destroyed && socket.write(then(count++)));
  }
  socket.on('connect', () => {
    socket.write(first())
    if (second) socket.write(second)
    if (then) push()
    else if (first() === '') socket.resetAndDestroy()
  })
  socket.on('drain', push)
  socket.on('data', () => { if (!then) socket.resetAndDestroy() }) // it has been answered
  socket.on('error', () => {})
  socket.on('close', () => { if (attack === mine) connect() })
}

createInterface({ input: process.stdin }).on('line', (name) => {
  process.stdout.write(`DONE connections=${connections}\n`)
  connections = 0
  attack = ATTACKS[name]
  if (attack) connect()
}).on('close', () => process.exit(0))
neighbour.on('listening', () => process.stdout.write('READY\n'))
