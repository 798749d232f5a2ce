'use strict'
// What both servers share: the bodies, and how to listen for each task.

const fs = require('fs')
const net = require('net')
const tls = require('tls')

exports.bytes = Number(process.argv[2])
exports.file = process.argv[3]
const keys = { pfx: fs.readFileSync(process.argv[4]), passphrase: 'benchmarks', minVersion: 'TLSv1.3' }

// Over TLS a body is only so large a part of the others: Bodies.TLS_PART.
exports.tlsPart = 8

exports.pattern = Buffer.alloc(65536)
for (let i = 0, x = 2463534242 | 0; i < exports.pattern.length; i++) {
  x ^= x << 13
  x ^= x >>> 17
  x ^= x << 5
  exports.pattern[i] = x >>> 24
}

// tasks: name -> what to do with a socket. Those named tls_… get one of TLS.
exports.serve = function (tasks) {
  const ports = []
  const names = Object.keys(tasks)
  names.forEach(function (name) {
    const options = { allowHalfOpen: true, noDelay: true }
    const server = name.startsWith('tls_')
      ? tls.createServer(Object.assign(options, keys), tasks[name])
      : net.createServer(options, tasks[name])
    server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, function () {
      ports.push(name + '=' + server.address().port)
      if (ports.length === names.length) console.log('READY ' + ports.join(' '))
    })
  })
  process.stdin.on('end', function () { process.exit() }).resume()
}
