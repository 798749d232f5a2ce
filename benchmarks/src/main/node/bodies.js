'use strict'
// The bodies of Bodies.java, and the check of them.

const pattern = Buffer.alloc(65536)
for (let i = 0, x = 2463534242 | 0; i < pattern.length; i++) {
  x ^= x << 13
  x ^= x >>> 17
  x ^= x << 5
  pattern[i] = x >>> 24
}
const twice = Buffer.concat([pattern, pattern])

exports.small = pattern.subarray(0, 100)

exports.Check = class {
  constructor () {
    this.count = 0
  }

  next (chunk) {
    for (let at = 0; at < chunk.length;) {
      const length = Math.min(chunk.length - at, pattern.length)
      const from = this.count % pattern.length
      if (twice.compare(chunk, at, at + length, from, from + length) !== 0) {
        throw new Error('a wrong byte after byte ' + this.count)
      }
      this.count += length
      at += length
    }
  }
}

// Writes so many bytes, as fast as the stream takes them.
exports.pieces = function (bytes, out) {
  exports.during(function (length) {
    const next = Math.min(length, bytes)
    bytes -= next
    return next
  }, out)
}

// Writes pieces, of as many bytes as are wanted of the number offered, until none are.
exports.during = function (wanted, out) {
  function more () {
    for (;;) {
      const length = wanted(pattern.length)
      if (length === 0) return out.end()
      if (!out.write(pattern.subarray(0, length))) return out.once('drain', more)
    }
  }
  more()
}
