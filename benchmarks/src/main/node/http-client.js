'use strict'
// An agent that keeps its connections: node http-client.js HOST PORT. The commands are those of session.ClientMain.
const http = require('http')
const readline = require('readline')
const { Check, during, pieces, small } = require('./bodies')

const host = process.argv[2]
const port = Number(process.argv[3])
const agent = newAgent()
let idle = []

function newAgent () {
  return new http.Agent({ keepAlive: true, maxSockets: Infinity, maxFreeSockets: Infinity, noDelay: true })
}

function fail (e) {
  console.error(e)
  process.exit(1)
}

// Starts a request; calls back with the answer, or with what failed.
function request (path, headers, answered, failed, by) {
  const req = http.request({ agent: by || agent, host, port, method: 'POST', path, headers }, answered)
  req.on('error', failed || fail)
  return req
}

// Starts a request whose answer is small; calls back with all of it.
function whole (path, headers, done, failed, by) {
  return request(path, headers, function (res) {
    const parts = []
    res.on('data', function (chunk) { parts.push(chunk) })
    res.on('error', failed || fail)
    res.on('end', function () { done(Buffer.concat(parts)) })
  }, failed, by)
}

function exchange (done, failed, by) {
  whole('/exchange', { 'Content-Length': small.length }, function (answer) {
    if (!small.equals(answer)) fail(new Error('a wrong answer'))
    done()
  }, failed, by).end(small)
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
      exchange(function () {
        took.push(now() - start)
        next()
      })
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

// Small exchanges, while large bodies go to the server.
function beside (bulks, atATime, millis, done) {
  let more = true
  let open = bulks
  let bytes = 0
  let said
  const begin = now()
  function up () {
    let sent = 0
    during(function (length) {
      const next = more ? length : 0
      sent += next
      return next
    }, whole('/up', {}, function (count) {
      if (Number(count) !== sent) fail(new Error(count + ' bytes arrived of ' + sent))
      bytes += sent
      if (--open === 0) done(said + ' bulk_mib=' + bytes / ((now() - begin) / 1e9) / 1048576)
    }))
  }
  for (let i = 0; i < bulks; i++) up()
  setTimeout(function () {
    load(atATime, millis, function (loaded) {
      said = loaded
      more = false
    })
  }, millis / 4)
}

// Small exchanges one after the other, while somebody cuts the connection.
function cut (millis, done) {
  const begin = now()
  let failures = 0
  // the one that was cut is among them
  let longest = []
  function next () {
    const start = now()
    if (start - begin >= millis * 1e6) {
      const said = longest.map(function (each, i) { return ' took' + i + '=' + each.took + ' ended' + i + '=' + each.ended })
      return done('failures=' + failures + said.join(''))
    }
    function attempt () {
      exchange(function () {
        const ended = now()
        longest.push({ took: ended - start, ended })
        longest = longest.sort(function (a, b) { return b.took - a.took }).slice(0, 8)
        next()
      }, function () {
        failures++
        attempt()
      })
    }
    attempt()
  }
  next()
}

// Opens so many more connections, each of which has an exchange and is idle then; 0 ends them.
function connect (count, done) {
  const begin = now()
  if (count === 0) {
    idle.forEach(function (each) { each.destroy() })
    idle = []
  }
  let left = count
  function next () {
    if (left === 0) return done('seconds=' + (now() - begin) / 1e9)
    // requests of one turn don't share a connection
    const some = Math.min(left, 256)
    const by = newAgent()
    idle.push(by)
    left -= some
    let open = some
    for (let i = 0; i < some; i++) {
      exchange(function () { if (--open === 0) setImmediate(next) }, fail, by)
    }
  }
  next()
}

const tasks = {
  load,
  beside,
  cut,
  connect,
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
