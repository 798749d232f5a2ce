'use strict'
// HTTP/1.1 with connections that stay open: node http-server.js HOST FILE
const fs = require('fs')
const http = require('http')
const { Check, pieces } = require('./bodies')

const file = process.argv[3]

function exchange (req, res) {
  const parts = []
  req.on('data', function (chunk) { parts.push(chunk) })
  req.on('end', function () {
    const body = parts.length === 1 ? parts[0] : Buffer.concat(parts)
    res.setHeader('Content-Length', body.length)
    res.end(body)
  })
}

function up (req, res) {
  const check = new Check()
  req.on('data', function (chunk) { check.next(chunk) })
  req.on('end', function () { res.end(String(check.count)) })
}

function down (req, res, bytes) {
  req.resume()
  req.on('end', function () {
    res.setHeader('Content-Length', bytes)
    pieces(bytes, res)
  })
}

function sendFile (req, res, bytes) {
  req.resume()
  req.on('end', function () {
    res.setHeader('Content-Length', bytes)
    fs.createReadStream(file).pipe(res)
  })
}

const tasks = { exchange, up, down, file: sendFile }

const server = http.createServer({ noDelay: true, keepAliveTimeout: 0, requestTimeout: 0 }, function (req, res) {
  const [, task, bytes] = req.url.split('/')
  tasks[task](req, res, Number(bytes))
})
server.listen({ port: 0, host: process.argv[2], backlog: 4096 }, function () {
  console.log('READY exchange=' + server.address().port)
})
process.stdin.on('end', function () { process.exit() }).resume()
