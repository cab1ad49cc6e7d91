// The rows of an SPSS system file in its bytecode compression: eight one-byte codes, then the eight-byte places that no code stands for.
const codes = { raw: 253, spaces: 254, systemMissing: 255 } as const
/** Whole numbers from -99 to 151 are their code less this. */
const bias = 100
const longest = 255

type Cell = number | string | null

/** `widths`: bytes of each text, 0 for a number. Bytes come as rows are added; `end` returns those that are left. */
export function packCases(widths: readonly number[]): { readonly add: (rows: readonly (readonly Cell[])[]) => Buffer; readonly end: () => Buffer } {
  let block = Buffer.alloc(8)
  let used = 0
  let raws: Buffer[] = []
  const take = (out: Buffer[]) => {
    out.push(block, ...raws)
    block = Buffer.alloc(8)
    used = 0
    raws = []
  }
  const put = (out: Buffer[], code: number, raw?: Buffer) => {
    block[used++] = code
    if (raw !== undefined) raws.push(raw)
    if (used === 8) take(out)
  }
  const putNumber = (out: Buffer[], cell: Cell) => {
    if (typeof cell !== 'number') put(out, codes.systemMissing)
    else if (Number.isInteger(cell) && cell >= 1 - bias && cell <= 251 - bias && !Object.is(cell, -0)) put(out, cell + bias)
    else {
      const raw = Buffer.alloc(8)
      raw.writeDoubleLE(cell)
      put(out, codes.raw, raw)
    }
  }
  const putText = (out: Buffer[], cell: Cell, width: number) => {
    const whole = Buffer.alloc(toPlaces(width) * 8, 0x20)
    const text = typeof cell === 'string' ? Buffer.from(cell).subarray(0, cutAt(cell, width)) : Buffer.alloc(0)
    // Each piece of a long text holds 255 bytes of it and one space.
    for (let from = 0, to = 0; from < text.length; from += longest, to += longest + 1) text.copy(whole, to, from, from + longest)
    for (let at = 0; at < whole.length; at += 8) {
      const place = whole.subarray(at, at + 8)
      if (place.readUInt32LE(0) === 0x20202020 && place.readUInt32LE(4) === 0x20202020) put(out, codes.spaces)
      else put(out, codes.raw, place)
    }
  }
  return {
    add(rows) {
      const out: Buffer[] = []
      for (const row of rows) widths.forEach((width, column) => (width === 0 ? putNumber(out, row[column]!) : putText(out, row[column]!, width)))
      return Buffer.concat(out)
    },
    end() {
      const out: Buffer[] = []
      // Code 0 stands for nothing: it fills the last block.
      if (used > 0) take(out)
      return Buffer.concat(out)
    },
  }
}

/** How many eight-byte places a text of that width takes, all its pieces together. */
function toPlaces(width: number): number {
  if (width <= longest) return Math.ceil(width / 8)
  const pieces = Math.ceil(width / 252)
  return (pieces - 1) * 32 + Math.ceil((width - (pieces - 1) * 252) / 8)
}

/** Where to cut so that no character is torn. */
function cutAt(text: string, width: number): number {
  const bytes = Buffer.from(text)
  let end = Math.min(bytes.length, width)
  while (end < bytes.length && end > 0 && (bytes[end]! & 0xc0) === 0x80) end--
  return end
}
