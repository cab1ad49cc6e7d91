// Reads an SPSS system file back as other programs do, by the published layout alone: nothing of the writer is used.
export type ReadVariable = {
  name: string
  label: string
  /** Bytes of a text, 0 for a number. */
  width: number
  format: number
  level: number
  labels: Map<number, string>
  missing: number[]
}
export type ReadSav = { encoding: string; variables: ReadVariable[]; rows: (number | string | null)[][] }

export function readSav(bytes: Buffer): ReadSav {
  if (bytes.toString('latin1', 0, 4) !== '$FL2') throw new Error('no system file')
  const count = bytes.readInt32LE(80)
  if (bytes.readInt32LE(64) !== 2 || bytes.readInt32LE(72) !== 1 || bytes.readDoubleLE(84) !== 100) throw new Error('another layout')
  const pieces: (ReadVariable & { short: string; place: number })[] = []
  const byPlace = new Map<number, ReadVariable>()
  const extensions = new Map<number, Buffer>()
  let place = 0
  let at = 176
  for (;;) {
    const type = bytes.readInt32LE(at)
    if (type === 999) break
    if (type === 2) {
      const [width, hasLabel, missingCount, format] = [4, 8, 12, 16].map((offset) => bytes.readInt32LE(at + offset)) as [
        number,
        number,
        number,
        number,
      ]
      const short = bytes.toString('latin1', at + 24, at + 32).trim()
      at += 32
      place++
      if (width === -1) continue
      let label = ''
      if (hasLabel === 1) {
        const length = bytes.readInt32LE(at)
        label = bytes.toString('utf8', at + 4, at + 4 + length)
        at += 4 + Math.ceil(length / 4) * 4
      }
      const missing = Array.from({ length: missingCount }, (_, nth) => bytes.readDoubleLE(at + nth * 8))
      at += missingCount * 8
      const piece = { name: short, short, label, width, format, level: 0, labels: new Map<number, string>(), missing, place }
      pieces.push(piece)
      byPlace.set(place, piece)
    } else if (type === 3) {
      const labels = new Map<number, string>()
      let next = at + 8
      for (let left = bytes.readInt32LE(at + 4); left > 0; left--) {
        const length = bytes.readUInt8(next + 8)
        labels.set(bytes.readDoubleLE(next), bytes.toString('utf8', next + 9, next + 9 + length))
        next += 8 + Math.ceil((length + 1) / 8) * 8
      }
      if (bytes.readInt32LE(next) !== 4) throw new Error('labels of nothing')
      const many = bytes.readInt32LE(next + 4)
      for (let nth = 0; nth < many; nth++) byPlace.get(bytes.readInt32LE(next + 8 + nth * 4))!.labels = labels
      at = next + 8 + many * 4
    } else if (type === 7) {
      const [subtype, size, length] = [4, 8, 12].map((offset) => bytes.readInt32LE(at + offset)) as [number, number, number]
      extensions.set(subtype, bytes.subarray(at + 16, at + 16 + size * length))
      at += 16 + size * length
    } else throw new Error(`unknown record ${type}`)
  }
  if (place !== bytes.readInt32LE(68)) throw new Error('a row of another length')
  const pairs = (subtype: number) =>
    new Map((extensions.get(subtype)?.toString('utf8') ?? '').split('\t').map((pair) => pair.replaceAll('\0', '').split('=') as [string, string]))
  const names = pairs(13)
  const long = pairs(14)
  pieces.forEach((piece, nth) => {
    piece.level = extensions.get(11)!.readInt32LE(nth * 12)
    piece.name = names.get(piece.short) ?? piece.short
  })
  const places = unpack(bytes.subarray(at + 8), place * count)
  const rows = Array.from({ length: count }, (_, row) => {
    const cells: (number | string | null)[] = []
    for (let nth = 0; nth < pieces.length; nth++) {
      const piece = pieces[nth]!
      const begin = row * place + piece.place - 1
      if (piece.width === 0) {
        const value = places[begin]!.readDoubleLE()
        cells.push(value === -Number.MAX_VALUE ? null : value)
        continue
      }
      const length = Number(long.get(piece.short) ?? piece.width)
      const parts: Buffer[] = []
      for (let left = length > 255 ? Math.ceil(length / 252) : 1; left > 0; left--) {
        const part = pieces[nth + (length > 255 ? Math.ceil(length / 252) - left : 0)]!
        const from = row * place + part.place - 1
        parts.push(Buffer.concat(places.slice(from, from + Math.ceil(part.width / 8))).subarray(0, part.width))
      }
      nth += parts.length - 1
      cells.push(Buffer.concat(parts).toString('utf8').trimEnd())
    }
    return cells
  })
  let skip = 0
  const variables = pieces.filter((piece) => {
    if (skip-- > 0) return false
    skip = long.has(piece.short) ? Math.ceil(Number(long.get(piece.short)) / 252) - 1 : 0
    return true
  })
  return { encoding: extensions.get(20)!.toString(), variables, rows }
}

function unpack(bytes: Buffer, count: number): Buffer[] {
  const places: Buffer[] = []
  let at = 0
  const double = (value: number) => {
    const place = Buffer.alloc(8)
    place.writeDoubleLE(value)
    return place
  }
  while (places.length < count) {
    const block = bytes.subarray(at, at + 8)
    at += 8
    for (const code of block) {
      if (places.length === count || code === 0) continue
      if (code === 253) {
        places.push(bytes.subarray(at, at + 8))
        at += 8
      } else if (code === 254) places.push(Buffer.alloc(8, 0x20))
      else if (code === 255) places.push(double(-Number.MAX_VALUE))
      else if (code === 252) throw new Error('the file ends early')
      else places.push(double(code - 100))
    }
  }
  if (at !== bytes.length) throw new Error('more bytes than rows')
  return places
}
