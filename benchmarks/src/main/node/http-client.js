'use strict'
// An agent that keeps its connections: node http-client.js HOST PORT. The commands are those of session.ClientMain.
const http = require('http')
const readline = require('readline')
const { Check, pieces, small } = require('./bodies')

const host = process.argv[2]
const port = Number(process.argv[3])
const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity, noDelay: true })

function fail (e) {
  console.error(e)
  process.exit(1)
}

// Starts a request; calls back with the answer.
function request (path, headers, answered) {
  const req = http.request({ agent, host, port, method: 'POST', path, headers }, answered)
  req.on('error', fail)
  return req
}

// Starts a request whose answer is small; calls back with all of it.
function whole (path, headers, done) {
  return request(path, headers, function (res) {
    const parts = []
    res.on('data', function (chunk) { parts.push(chunk) })
    res.on('end', function () { done(Buffer.concat(parts)) })
  })
}

function now () {
  return Number(process.hrtime.bigint())
}

function load (atATime, millis, done) {
  const begin = now()
  const end = begin + millis * 1e6
  const took = []
  let open = atATime
  function next () {
    const start = now()
    if (start < end) {
      whole('/exchange', { 'Content-Length': small.length }, function (answer) {
        if (!small.equals(answer)) fail(new Error('a wrong answer'))
        took.push(now() - start)
        next()
      }).end(small)
    } else if (--open === 0) {
      const seconds = (now() - begin) / 1e9
      took.sort(function (a, b) { return a - b })
      const quantile = function (part) { return took[Math.ceil(part * took.length) - 1] / 1e3 }
      done(`exchanges=${took.length} seconds=${seconds} p50=${quantile(0.5)} p99=${quantile(0.99)}`)
    }
  }
  for (let i = 0; i < atATime; i++) next()
}

function bulk (bytes, start, done) {
  const begin = now()
  start(function (count) {
    if (count !== bytes) fail(new Error(count + ' bytes arrived of ' + bytes))
    done('seconds=' + (now() - begin) / 1e9)
  })
}

function up (bytes, done) {
  bulk(bytes, function (counted) {
    pieces(bytes, whole('/up', {}, function (answer) { counted(Number(answer)) }))
  }, done)
}

function receive (what, bytes, done) {
  bulk(bytes, function (counted) {
    request(`/${what}/${bytes}`, {}, function (res) {
      const check = new Check()
      res.on('data', function (chunk) { check.next(chunk) })
      res.on('end', function () { counted(check.count) })
    }).end()
  }, done)
}

const tasks = {
  load,
  up,
  down (bytes, done) { receive('down', bytes, done) },
  file (bytes, done) { receive('file', bytes, done) }
}

const lines = readline.createInterface({ input: process.stdin })
lines.on('line', function (line) {
  const [task, ...numbers] = line.split(' ')
  tasks[task](...numbers.map(Number), function (said) { console.log('DONE ' + said) })
})
lines.on('close', function () { process.exit() })
console.log('READY')
