// Writes an SPSS system file (.sav): UTF-8, little-endian, bytecode-compressed. Layout: PSPP Developers Guide, "System File Format"
// (https://www.gnu.org/software/pspp/pspp-dev/html_node/System-File-Format.html). The width of a text is known only after the last row, so the
// rows wait compressed in memory and never on a disk.
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'
import { packCases } from './sav-cases.ts'

export type SavVariable = {
  readonly name: string
  readonly label: string
  readonly kind: 'number' | 'text' | 'day' | 'instant'
  readonly decimals?: number
  readonly level: 'nominal' | 'ordinal' | 'scale'
  readonly valueLabels: readonly (readonly [value: number, label: string])[]
  /** A number that stands for "no value, and this is why". Null cells are system-missing. */
  readonly missing?: number
}
/** Days and instants are milliseconds since 1970, as `Date` counts them. */
export type SavCell = number | string | null

type Write = (content: string | Uint8Array) => Promise<void>
/** One stretch of a text of at most 255 bytes, or a number: what the dictionary calls a variable. */
type Piece = { readonly variable: SavVariable; readonly first: boolean; readonly width: number; readonly short: string; readonly index: number }

const pack = promisify(deflateRaw)
const unpack = promisify(inflateRaw)
const widest = 32_767
/** A text of more than 255 bytes is cut into pieces that stand for 252 bytes each, though all but the last hold 255. */
const longest = 255
const stretch = 252
const levels = { nominal: 1, ordinal: 2, scale: 3 } as const
/** Seconds from 14 October 1582, from which SPSS counts, to 1970. */
const epochSeconds = 12_219_379_200

export function beginSav(write: Write, name: string, variables: readonly SavVariable[], at: Date) {
  const pages: { readonly packed: Buffer }[] = []
  const widths = variables.map(() => 1)
  let rowCount = 0
  return {
    name,
    async write(rows: readonly (readonly SavCell[])[]): Promise<void> {
      if (rows.length === 0) return
      rowCount += rows.length
      for (const row of rows)
        row.forEach((cell, column) => {
          if (typeof cell === 'string') widths[column] = Math.min(widest, Math.max(widths[column]!, Buffer.byteLength(cell)))
        })
      pages.push({ packed: await pack(JSON.stringify(rows)) })
    },
    async end(): Promise<string> {
      const hash = createHash('sha256')
      const put = async (bytes: Uint8Array) => {
        hash.update(bytes)
        await write(bytes)
      }
      const pieces = toPieces(variables, widths)
      await put(toDictionary(pieces, widths, variables, rowCount, at))
      const cases = packCases(variables.map(({ kind }, column) => (kind === 'text' ? widths[column]! : 0)))
      for (const { packed } of pages) {
        const rows = JSON.parse((await unpack(packed)).toString('utf8')) as SavCell[][]
        await put(cases.add(rows.map((row) => row.map((cell, column) => toStored(variables[column]!, cell)))))
      }
      await put(cases.end())
      return hash.digest('hex')
    },
  }
}

const toStored = ({ kind }: SavVariable, cell: SavCell): SavCell =>
  typeof cell === 'number' && (kind === 'day' || kind === 'instant') ? cell / 1_000 + epochSeconds : cell

function toPieces(variables: readonly SavVariable[], widths: readonly number[]): Piece[] {
  const pieces: Piece[] = []
  let index = 1
  const add = (variable: SavVariable, first: boolean, width: number) => {
    pieces.push({ variable, first, width, short: `V${(pieces.length + 1).toString(36).toUpperCase()}`, index })
    index += Math.max(1, Math.ceil(width / 8))
  }
  variables.forEach((variable, column) => {
    const width = widths[column]!
    if (variable.kind !== 'text') add(variable, true, 0)
    else if (width <= longest) add(variable, true, width)
    else {
      const count = Math.ceil(width / stretch)
      for (let at = 0; at < count; at++) add(variable, at === 0, at < count - 1 ? longest : width - at * stretch)
    }
  })
  return pieces
}

function toDictionary(pieces: readonly Piece[], widths: readonly number[], variables: readonly SavVariable[], rowCount: number, at: Date): Buffer {
  const long = variables.flatMap(({ kind }, column) => (kind === 'text' && widths[column]! > longest ? [column] : []))
  const shortOf = new Map(pieces.filter(({ first }) => first).map(({ variable, short }) => [variable, short]))
  const last = pieces.at(-1)
  const caseSize = last === undefined ? 0 : last.index - 1 + Math.max(1, Math.ceil(last.width / 8))
  const names = [...shortOf].map(([{ name }, short]) => `${short}=${name}`).join('\t')
  const lengths = long.map((column) => `${shortOf.get(variables[column]!)!}=${String(widths[column]).padStart(5, '0')}\0\t`).join('')
  return Buffer.concat([
    header(caseSize, rowCount, at),
    ...pieces.map(toVariableRecord),
    ...pieces.filter(({ first, variable }) => first && variable.valueLabels.length > 0).map(toValueLabels),
    // Version, machine, IEEE 754, compression, little-endian, UTF-8.
    extension(3, 4, int(1, 0, 0, -1, 1, 1, 2, 65_001)),
    extension(4, 8, double(-Number.MAX_VALUE, Number.MAX_VALUE, lowest)),
    extension(
      11,
      4,
      int(...pieces.flatMap(({ variable, width }) => [levels[variable.level], width === 0 ? 10 : Math.min(width, 32), width === 0 ? 1 : 0])),
    ),
    extension(13, 1, Buffer.from(names)),
    ...(lengths === '' ? [] : [extension(14, 1, Buffer.from(lengths))]),
    extension(20, 1, Buffer.from('UTF-8')),
    int(999, 0),
  ])
}

/** The number next to the lowest: where "LO" begins, since the lowest itself means system-missing. */
const lowest = Buffer.from('feffffffffffefff', 'hex').readDoubleLE()
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function header(caseSize: number, rowCount: number, at: Date): Buffer {
  const iso = at.toISOString()
  return Buffer.concat([
    Buffer.from('$FL2'),
    padded('@(#) SPSS DATA FILE Attune', 60),
    int(2, caseSize, 1, 0, rowCount),
    double(100),
    Buffer.from(`${iso.slice(8, 10)} ${months[at.getUTCMonth()]} ${iso.slice(2, 4)}${iso.slice(11, 19)}`),
    padded('Records of a service', 64),
    Buffer.alloc(3),
  ])
}

const formats = { day: (39 << 16) | (10 << 8), instant: (22 << 16) | (20 << 8) } as const

function toVariableRecord({ variable, first, width, short }: Piece): Buffer {
  const { kind, decimals = 0, missing } = variable
  const format = kind === 'text' ? (1 << 16) | (width << 8) : kind === 'number' ? (5 << 16) | (10 << 8) | decimals : formats[kind]
  const label = Buffer.from(cutBytes(variable.label, longest))
  const hasMissing = first && missing !== undefined
  return Buffer.concat([
    int(2, width, first ? 1 : 0, hasMissing ? 1 : 0, format, format),
    padded(short, 8),
    ...(first ? [int(label.length), label, Buffer.alloc((4 - (label.length % 4)) % 4)] : []),
    ...(hasMissing ? [double(missing)] : []),
    // A text longer than eight bytes takes further places, each with a record of its own.
    ...Array.from({ length: Math.max(0, Math.ceil(width / 8) - 1) }, () => Buffer.concat([int(2, -1, 0, 0, 0, 0), padded('', 8)])),
  ])
}

function toValueLabels({ variable: { valueLabels }, index }: Piece): Buffer {
  const labels = valueLabels.map(([value, words]) => {
    const label = Buffer.from(cutBytes(words, 120))
    return Buffer.concat([double(value), Buffer.of(label.length), label, Buffer.alloc((8 - ((label.length + 1) % 8)) % 8)])
  })
  return Buffer.concat([int(3, labels.length), ...labels, int(4, 1, index)])
}

const extension = (subtype: number, size: number, content: Buffer) => Buffer.concat([int(7, subtype, size, content.length / size), content])

function int(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 4)
  numbers.forEach((value, at) => bytes.writeInt32LE(value, at * 4))
  return bytes
}

function double(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 8)
  numbers.forEach((value, at) => bytes.writeDoubleLE(value, at * 8))
  return bytes
}

const padded = (words: string, length: number) => Buffer.from(words.padEnd(length))

/** The longest beginning of a text that fits into so many bytes of UTF-8. */
export function cutBytes(words: string, bytes: number): string {
  const whole = Buffer.from(words)
  if (whole.length <= bytes) return words
  let end = bytes
  while (end > 0 && (whole[end]! & 0xc0) === 0x80) end--
  return whole.toString('utf8', 0, end)
}
