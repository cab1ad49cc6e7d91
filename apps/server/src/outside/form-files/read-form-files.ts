// Files that somebody handed in beside a form. What a file is, its content says; its name has to agree. A file is kept only as a kind that devices show
// or read, and without anything after its own end. Runs in the thread that reads workbooks, because a stranger may have made them.
import { createHash } from 'node:crypto'
import { formFilesLimits } from '@attune/contract'
import type { FormFileKind } from '@attune/forms'
import type { GivenFile } from '@attune/programme'
import { readCsvList, readGeoJsonList, readXmlList, type ListReading } from './read-list.ts'
import { sanitiseSvg } from './sanitise-svg.ts'

export type HandedFile = { readonly name: string; readonly content: Uint8Array }
export type ReadFile = GivenFile & { readonly content: Uint8Array }
export type FilesReading = { readonly files: readonly ReadFile[]; readonly refused: readonly string[] }

type Checked = { readonly content: Uint8Array; readonly list?: ListReading; readonly parts?: readonly string[] } | { readonly refused: string }
type Rule = {
  readonly kind: FormFileKind
  readonly mediaType: string
  readonly words: string
  readonly check: (bytes: Buffer) => Checked | undefined
}

const starts = (bytes: Buffer, at: number, ...signs: readonly (number | string)[]) =>
  signs.every((sign, index) => bytes[at + index] === (typeof sign === 'string' ? sign.charCodeAt(0) : sign))
const has = (bytes: Buffer, at: number, word: string) => bytes.toString('latin1', at, at + word.length) === word
const whole = (isKind: (bytes: Buffer) => boolean) => (bytes: Buffer) => (isKind(bytes) ? { content: bytes } : undefined)

/** Inside a text kind: decoded strictly, without the mark at its beginning. */
const asText = (read: (text: string) => Checked) => (bytes: Buffer) => {
  try {
    return read(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    if (error instanceof TypeError) return { refused: 'its letters are not written in UTF-8. Save it again as UTF-8.' }
    throw error
  }
}
const asList = (read: (text: string) => ListReading) =>
  asText((text) => {
    const list = read(text)
    return 'refused' in list ? list : { content: Buffer.from(list.text, 'utf8'), list }
  })

const svg = asText((text) => {
  const clean = sanitiseSvg(text)
  if ('refused' in clean) return clean
  const parts = [...clean.svg.matchAll(/ id="([^"&]*)"/g)].map(([, id = '']) => id)
  return { content: Buffer.from(clean.svg, 'utf8'), parts }
})
const isMp4 = (bytes: Buffer) => has(bytes, 4, 'ftyp')

const rules: Readonly<Record<string, Rule>> = {
  png: { kind: 'image', mediaType: 'image/png', words: 'a PNG picture', check: cutPng },
  jpg: { kind: 'image', mediaType: 'image/jpeg', words: 'a JPEG picture', check: cutJpeg },
  webp: { kind: 'image', mediaType: 'image/webp', words: 'a WebP picture', check: (bytes) => cutRiff(bytes, 'WEBP') },
  svg: { kind: 'image', mediaType: 'image/svg+xml', words: 'an SVG drawing', check: svg },
  mp3: {
    kind: 'audio',
    mediaType: 'audio/mpeg',
    words: 'an MP3 sound',
    check: whole((bytes) => has(bytes, 0, 'ID3') || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2)),
  },
  m4a: { kind: 'audio', mediaType: 'audio/mp4', words: 'an MPEG-4 sound', check: whole(isMp4) },
  ogg: { kind: 'audio', mediaType: 'audio/ogg', words: 'an Ogg sound', check: whole((bytes) => has(bytes, 0, 'OggS')) },
  wav: { kind: 'audio', mediaType: 'audio/wav', words: 'a WAV sound', check: (bytes) => cutRiff(bytes, 'WAVE') },
  mp4: { kind: 'video', mediaType: 'video/mp4', words: 'an MP4 film', check: whole(isMp4) },
  webm: { kind: 'video', mediaType: 'video/webm', words: 'a WebM film', check: whole((bytes) => starts(bytes, 0, 0x1a, 0x45, 0xdf, 0xa3)) },
  csv: { kind: 'list', mediaType: 'text/csv', words: 'a CSV list', check: asList(readCsvList) },
  xml: { kind: 'list', mediaType: 'text/xml', words: 'an XML list', check: asList(readXmlList) },
  geojson: { kind: 'list', mediaType: 'application/geo+json', words: 'a GeoJSON list', check: asList(readGeoJsonList) },
}
const endings: Readonly<Record<string, string>> = { jpeg: 'jpg', oga: 'ogg' }
const kindsTaken = 'pictures (.png, .jpg, .webp, .svg), sounds (.mp3, .m4a, .ogg, .wav), films (.mp4, .webm) and lists (.csv, .xml, .geojson)'
const longestName = 100
const toMb = (bytes: number) => Math.ceil(bytes / 1_048_576)

/** Every file with what it is, and a sentence for each that is not taken. */
export function readFormFiles(handed: readonly HandedFile[]): FilesReading {
  const files: ReadFile[] = []
  const refused: string[] = []
  const seen = new Map<string, string>()
  const total = handed.reduce((sum, { content }) => sum + content.length, 0)
  if (handed.length > formFilesLimits.files)
    refused.push(`There are ${handed.length} files beside the form; at most ${formFilesLimits.files} are taken.`)
  if (total > formFilesLimits.totalBytes)
    refused.push(
      `The files beside the form come to ${toMb(total)} MB; at most ${toMb(formFilesLimits.totalBytes)} MB are taken, because every telephone has to hold them.`,
    )
  if (refused.length > 0) return { files, refused }
  for (const { name: written, content } of handed) {
    const name = written.normalize('NFC')
    const shown = name.replaceAll(/[\p{Cc}\p{Cf}]/gu, '\uFFFD').slice(0, longestName)
    const before = seen.get(name.toLowerCase())
    seen.set(name.toLowerCase(), shown)
    const why = !isPlainName(name)
      ? `its name has to be plain: at most ${longestName} letters, no folder in it, none of / \\ : * ? " < > | # % &, and no dot at its beginning.`
      : before === undefined
        ? undefined
        : before === shown
          ? 'there are two files of this name. Keep one.'
          : `“${before}” differs from it by small and capital letters only, and not every device tells them apart. Rename one.`
    const read = why === undefined ? readFormFile(name, Buffer.from(content)) : { refused: why }
    if ('refused' in read) refused.push(`“${shown}” is not taken: ${read.refused}`)
    else files.push(read)
  }
  return { files, refused }
}

function isPlainName(name: string): boolean {
  return name.length > 0 && name.length <= longestName && !/[\p{Cc}\p{Cf}\p{Cs}/\\:*?"<>|#%&]/u.test(name) && !/^[. ]|[. ]$/.test(name)
}

function readFormFile(name: string, bytes: Buffer): ReadFile | { readonly refused: string } {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  const rule = rules[endings[ending] ?? ending]
  if (!name.includes('.') || rule === undefined) return { refused: `files of this kind cannot lie beside a form. Taken are ${kindsTaken}.` }
  if (bytes.length > formFilesLimits.fileBytes)
    return { refused: `it has ${toMb(bytes.length)} MB; at most ${toMb(formFilesLimits.fileBytes)} MB are taken.` }
  if (bytes.length === 0) return { refused: 'there is nothing in it.' }
  const checked = rule.check(bytes)
  if (checked === undefined) {
    const is = Object.values(rules).find(({ kind, check }) => kind !== 'list' && check !== svg && check(bytes) !== undefined)
    return {
      refused: `its name says that it is ${rule.words}, and ${is === undefined ? 'its content is not, or it is broken' : `its content is ${is.words}`}.`,
    }
  }
  if ('refused' in checked) return checked
  const { content, list, parts } = checked
  if (rule.kind !== 'list' && hasArchive(content))
    return { refused: 'an archive of other files is hidden in it. Save it anew from the program that shows it.' }
  const digest = (kind: 'sha256' | 'md5') => createHash(kind).update(content).digest('hex')
  return {
    name,
    kind: rule.kind,
    mediaType: rule.mediaType,
    bytes: content.length,
    sha256: digest('sha256'),
    md5: digest('md5'),
    content,
    ...(parts === undefined ? {} : { parts }),
    ...(list !== undefined && 'list' in list ? { list: list.list, rows: list.list.rows.length } : {}),
  }
}

/** A PNG as far as its own last part; https://www.w3.org/TR/png-3/#5Chunk-layout. */
function cutPng(bytes: Buffer): Checked | undefined {
  if (!starts(bytes, 0, 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a)) return undefined
  for (let at = 8; at + 12 <= bytes.length;) {
    const next = at + 12 + bytes.readUInt32BE(at)
    if (next > bytes.length) return undefined
    if (has(bytes, at + 4, 'IEND')) return { content: bytes.subarray(0, next) }
    at = next
  }
  return undefined
}

/** A JPEG as far as its last end mark. */
function cutJpeg(bytes: Buffer): Checked | undefined {
  if (!starts(bytes, 0, 0xff, 0xd8, 0xff)) return undefined
  const end = bytes.lastIndexOf(Buffer.from([0xff, 0xd9]))
  return end < 0 ? undefined : { content: bytes.subarray(0, end + 2) }
}

/** A RIFF file (WebP, WAV) as long as it says it is. */
function cutRiff(bytes: Buffer, kind: string): Checked | undefined {
  if (bytes.length < 12 || !has(bytes, 0, 'RIFF') || !has(bytes, 8, kind)) return undefined
  const end = 8 + bytes.readUInt32LE(4)
  return end > bytes.length ? undefined : { content: bytes.subarray(0, end) }
}

/** The end record of a zip archive anywhere in it: a file that opens as both. One disk, and as many entries on it as altogether. */
function hasArchive(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const sign = Buffer.from([0x50, 0x4b, 0x05, 0x06])
  for (let at = buffer.indexOf(sign); at >= 0; at = buffer.indexOf(sign, at + 1))
    if (at + 22 <= buffer.length && buffer.readUInt32LE(at + 4) === 0 && buffer.readUInt16LE(at + 8) === buffer.readUInt16LE(at + 10)) return true
  return false
}
