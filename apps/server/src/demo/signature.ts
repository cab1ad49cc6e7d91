// A drawn line as a PNG, so that the demo's practitioners have signed with something (PNG specification, third edition).
import { crc32, deflateSync } from 'node:zlib'

function chunk(kind: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), content])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(content.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** A wavy line, another one for every seed. Greyscale, one byte per point. */
export function drawSignature(seed: number, width = 240, height = 64): Buffer {
  const points = Buffer.alloc((width + 1) * height, 0xff)
  for (let row = 0; row < height; row++) points[row * (width + 1)] = 0
  for (let step = 0; step < width * 6; step++) {
    const x = Math.floor(step / 6)
    const swing = Math.sin(step / (26 + (seed % 7))) + Math.sin(step / (11 + (seed % 5)) + seed) * 0.6
    const y = Math.min(height - 2, Math.max(1, Math.round(height / 2 + swing * height * 0.22)))
    for (const dy of [0, 1]) points[(y + dy) * (width + 1) + 1 + x] = 0x20
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 8
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(points)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
