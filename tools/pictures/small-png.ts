// A picture of a screen as a small file: few colours, so a palette of 256 does (PNG, ISO/IEC 15948, colour type 3). Screens have large even areas, which
// deflate then packs well; no picture program has to be installed.
import { deflateSync, inflateSync } from 'node:zlib'

type Pixels = { readonly width: number; readonly height: number; /** Four bytes a pixel: red, green, blue, opacity. */ readonly rgba: Buffer }

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const paletteSize = 256

/** Reads a PNG of eight bits a channel that is not interlaced, as browsers write them. Throws an Error for any other. */
export function readPng(file: Buffer): Pixels {
  const parts: Buffer[] = []
  let width = 0
  let height = 0
  let channels = 0
  for (let at = signature.length; at < file.length;) {
    const length = file.readUInt32BE(at)
    const kind = file.toString('latin1', at + 4, at + 8)
    const body = file.subarray(at + 8, at + 8 + length)
    if (kind === 'IHDR') {
      width = body.readUInt32BE(0)
      height = body.readUInt32BE(4)
      channels = { 2: 3, 6: 4 }[body[9]!] ?? 0
      if (body[8] !== 8 || channels === 0 || body[12] !== 0) throw new Error('Only PNG with 8 bits a channel in true colour is read here.')
    } else if (kind === 'IDAT') parts.push(body)
    at += length + 12
  }
  return { width, height, rgba: unfilter(inflateSync(Buffer.concat(parts)), width, height, channels) }
}

// Each line says how its bytes were guessed from their neighbours (left, above, above left); the file holds what was left to say.
function unfilter(raw: Buffer, width: number, height: number, channels: number): Buffer {
  const stride = width * channels
  const lines = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]!
    for (let x = 0; x < stride; x++) {
      const left = x >= channels ? lines[y * stride + x - channels]! : 0
      const above = y > 0 ? lines[(y - 1) * stride + x]! : 0
      const corner = x >= channels && y > 0 ? lines[(y - 1) * stride + x - channels]! : 0
      const guess = filter === 0 ? 0 : filter === 1 ? left : filter === 2 ? above : filter === 3 ? (left + above) >> 1 : nearest(left, above, corner)
      lines[y * stride + x] = raw[y * (stride + 1) + 1 + x]! + guess
    }
  }
  const rgba = Buffer.alloc(width * height * 4, 255)
  for (let pixel = 0; pixel < width * height; pixel++) lines.copy(rgba, pixel * 4, pixel * channels, pixel * channels + channels)
  return rgba
}

function nearest(left: number, above: number, corner: number): number {
  const guess = left + above - corner
  const [toLeft, toAbove, toCorner] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)]
  return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner
}

/** The same picture with at most 256 colours: those that most pixels have, each other pixel the nearest of them. */
export function writeSmallPng({ width, height, rgba }: Pixels): Buffer {
  const counts = new Map<number, number>()
  for (let at = 0; at < rgba.length; at += 4) {
    const colour = rgba.readUIntBE(at, 3)
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const palette = [...counts]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, paletteSize)
    .map(([colour]) => colour)
  const places = new Map(palette.map((colour, at) => [colour, at]))
  const lines = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const colour = rgba.readUIntBE((y * width + x) * 4, 3)
      let place = places.get(colour)
      if (place === undefined) places.set(colour, (place = nearestOf(palette, colour)))
      lines[y * (width + 1) + 1 + x] = place
    }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8)
  const colours = Buffer.alloc(palette.length * 3)
  palette.forEach((colour, at) => colours.writeUIntBE(colour, at * 3, 3))
  return Buffer.concat([
    signature,
    part('IHDR', head),
    part('PLTE', colours),
    part('IDAT', deflateSync(lines, { level: 9 })),
    part('IEND', Buffer.alloc(0)),
  ])
}

function nearestOf(palette: readonly number[], colour: number): number {
  let best = 0
  let least = Number.POSITIVE_INFINITY
  palette.forEach((one, at) => {
    const distance = [16, 8, 0].reduce((sum, shift) => sum + (((one >> shift) & 255) - ((colour >> shift) & 255)) ** 2, 0)
    if (distance < least) [best, least] = [at, distance]
  })
  return best
}

function part(kind: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), body])
  const whole = Buffer.alloc(named.length + 8)
  whole.writeUInt32BE(body.length, 0)
  named.copy(whole, 4)
  whole.writeUInt32BE(crc32(named), named.length + 4)
  return whole
}

function crc32(bytes: Buffer): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return (sum ^ 0xffffffff) >>> 0
}
