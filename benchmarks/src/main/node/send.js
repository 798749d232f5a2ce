'use strict'
// Sends a file, as one would write it: node send.js PORT FILE
const fs = require('fs')
const net = require('net')
const path = require('path')

const port = process.argv[2]
const file = process.argv[3]
const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true })
socket.write(JSON.stringify({ name: path.basename(file), size: fs.statSync(file).size }) + '\n\n')
fs.createReadStream(file).pipe(socket)
socket.pipe(process.stdout)
