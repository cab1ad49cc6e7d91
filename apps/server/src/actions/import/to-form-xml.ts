// A record of another form as a submission of ours. The same record always gives the same bytes: that is what makes a second run harmless.
import type { FormOutline, OutlineNode, QuestionOutline } from '@attune/forms'
import type { SourceFile, SourceForm, SourceRecord, SourceRow } from '../../outside/import/source.ts'
import { makePlaceFinder, makeRepeatFinder, type Place } from './find-places.ts'
import type { ImportMapping } from './mapping.ts'

export type FilledForm = {
  readonly xml: string
  /** Keys of the source with an answer for which the form has no place. */
  readonly leftOut: readonly string[]
  /** The files that its answers name, under the names that the answers give them. */
  readonly files: readonly SourceFile[]
  /** Questions whose file is not among those of the record. Their answers are left empty. */
  readonly missing: readonly string[]
  /** How many files of the record no answer names. */
  readonly unnamed: number
}

/** What stands in for a text with a personal fact; undefined leaves the text as it is. */
export type Instead = (question: string, text: string) => string | undefined

/** Notes which choice was taken for which, and by what; for the report. */
export type NoteChoice = (question: string, theirs: string, ours: string) => void

type Given = { readonly value: string; readonly rank: number; readonly key: string; readonly place: string }
type Sorted = { readonly given: Map<string, Given>; readonly repeats: Map<string, readonly { readonly row: SourceRow; readonly place: string }[]> }

export function makeFormFiller(outline: FormOutline, mapping: ImportMapping, form: SourceForm | undefined, note: NoteChoice) {
  const findPlace = makePlaceFinder(outline, mapping)
  const findRepeat = makeRepeatFinder(outline, mapping)
  const choices = makeChoiceFinder(outline, mapping, form, note)

  /** `instanceId` is a uuid without prefix. */
  return function fill(instanceId: string, { answers, files = [] }: Pick<SourceRecord, 'answers' | 'files'>, instead: Instead): FilledForm {
    const leftOut: string[] = []
    const named = new Map<string, SourceFile>()
    const missing: string[] = []
    // `within` is the key of the repeat that the row is of, and `at` its place with the number of the row.
    const sort = (row: SourceRow, repeat: string, within = '', at = ''): Sorted => {
      const sorted: Sorted = { given: new Map(), repeats: new Map() }
      for (const [key, value] of Object.entries(row)) {
        const below = within !== '' && key.startsWith(`${within}/`) ? key.slice(within.length + 1) : key
        const place = at === '' ? key : `${at}/${below}`
        if (typeof value !== 'string') {
          const known = findRepeat(key, repeat)
          if (known === undefined) leftOut.push(key)
          else
            sorted.repeats.set(
              known.node.path,
              value.map((inner, index) => ({ row: inner, place: `${place}[${index + 1}]` })),
            )
          continue
        }
        const found = findPlace(key, repeat)
        if (found === undefined) leftOut.push(key)
        else take(sorted.given, found, { key, value, place })
      }
      return sorted
    }
    const name = (question: string, value: string, place: string): string => {
      const file = findFile(files, value, place)
      if (file === undefined) missing.push(question)
      else named.set(value, file)
      return file === undefined ? '' : value
    }
    const write = (node: OutlineNode, sorted: Sorted): string => {
      if (node.kind === 'group') return element(node.name, node.children.map((child) => write(child, sorted)).join(''))
      if (node.kind === 'repeat')
        return (sorted.repeats.get(node.path) ?? [])
          .map(({ row, place }) => {
            const inner = sort(row, node.path, place.replace(/\[\d+\]/g, ''), place)
            return element(node.name, node.children.map((child) => write(child, inner)).join(''))
          })
          .join('')
      if (node.type === 'note') return ''
      const found = sorted.given.get(node.path)
      if (node.valueType === 'binary') return element(node.name, escape(found === undefined ? '' : name(node.name, found.value.trim(), found.place)))
      const raw = mapping.set[node.name] ?? (found === undefined ? '' : toOurs(node, found.key, found.value, choices))
      return element(node.name, escape(raw === '' ? '' : (instead(node.name, raw) ?? raw)))
    }
    const sorted = sort(answers, '')
    const body = outline.children.map((child) => write(child, sorted)).join('')
    const meta = `<orx:meta><orx:instanceID>uuid:${instanceId}</orx:instanceID></orx:meta>`
    const attributes = `id="${escape(outline.formId)}" version="${escape(outline.version)}" xmlns:orx="http://openrosa.org/xforms"`
    return {
      xml: `<?xml version="1.0" encoding="UTF-8"?><${outline.rootName} ${attributes}>${body}${meta}</${outline.rootName}>`,
      leftOut,
      files: [...named].map(([name, file]) => ({ ...file, name })),
      missing,
      unnamed: files.length - new Set(named.values()).size,
    }
  }
}

/** A server keeps a file under a name without blanks and signs (Django's `get_valid_filename`), and says for which question it was given. */
function findFile(files: readonly SourceFile[], name: string, place: string): SourceFile | undefined {
  const kept = name
    .trim()
    .replaceAll(' ', '_')
    .replace(/[^-\p{L}\p{N}_.]/gu, '')
  return (
    files.find((file) => file.name === name) ??
    files.find((file) => file.place !== undefined && file.place.replaceAll('[1]', '') === place.replaceAll('[1]', '')) ??
    files.find((file) => file.name === kept)
  )
}

const isTicked = (value: string) => /^(?:1|true|yes)$/i.test(value)

function take(given: Map<string, Given>, found: Place, { key, value, place }: Omit<Given, 'rank'>): void {
  const { path } = found.target.node
  const known = given.get(path)
  if (found.choice === undefined) {
    if (known === undefined || found.rank < known.rank) given.set(path, { value, rank: found.rank, key, place })
    return
  }
  // Choices in columns of their own add up; the column with all of them goes first.
  if (!isTicked(value) || (known !== undefined && known.rank < 3)) return
  given.set(path, {
    value: known === undefined ? found.choice : `${known.value} ${found.choice}`,
    rank: found.rank,
    key: key.slice(0, key.lastIndexOf('/')),
    place,
  })
}

function toOurs(node: QuestionOutline, key: string, value: string, choices: ReturnType<typeof makeChoiceFinder>): string {
  switch (node.type) {
    case 'select-one':
      return choices(node, key, value.trim())
    case 'select-multiple':
    case 'rank':
      return value
        .trim()
        .split(/\s+/)
        .map((one) => choices(node, key, one))
        .join(' ')
    case 'acknowledge':
      return isTicked(value) || value === 'OK' ? 'OK' : ''
    default:
      if (node.valueType === 'date') return value.replace(/^(\d{4}-\d{2}-\d{2})[T ].*$/, '$1')
      // Spreadsheet programs and statistics packages write whole numbers with a point.
      return node.valueType === 'int' ? value.replace(/^(-?\d+)\.0+$/, '$1') : value
  }
}

/** Our choice for theirs: as written down, else the one of the same name, else the one with the same label. */
function makeChoiceFinder(outline: FormOutline, mapping: ImportMapping, form: SourceForm | undefined, note: NoteChoice) {
  const fold = (text: string) => text.trim().toLowerCase()
  const found = new Map<string, string>()
  const find = ({ name, list = '' }: QuestionOutline, key: string, theirs: string): string => {
    const written = mapping.choices[name]?.[theirs]
    if (written !== undefined) return written
    const ours = outline.choices[list] ?? []
    if (ours.some((choice) => choice.name === theirs)) return theirs
    const theirList = form?.lists.get(key.slice(key.lastIndexOf('/') + 1)) ?? form?.lists.get(name) ?? ''
    const labels = new Set([theirs, ...(form?.labels.get(theirList)?.get(theirs) ?? [])].map(fold))
    return ours.find(({ label }) => Object.values(label).some((word) => labels.has(fold(word))))?.name ?? theirs
  }
  return (node: QuestionOutline, key: string, theirs: string): string => {
    const at = `${node.path} ${theirs}`
    let ours = found.get(at)
    if (ours === undefined) {
      found.set(at, (ours = find(node, key, theirs)))
      if (ours !== theirs) note(node.name, theirs, ours)
    }
    return ours
  }
}

const element = (name: string, content: string) => (content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`)
const escape = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;')
    .replace(unsound, '')
/** Signs that XML does not have (https://www.w3.org/TR/xml/#charsets). */
const unsound = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu
