// A record of another form as a submission of ours. The same record always gives the same bytes: that is what makes a second run harmless.
import type { FormOutline, OutlineNode, QuestionOutline } from '@attune/forms'
import type { SourceForm, SourceRow } from '../../outside/import/source.ts'
import { makePlaceFinder, type Place } from './find-places.ts'
import type { ImportMapping } from './mapping.ts'

export type FilledForm = {
  readonly xml: string
  /** Keys of the source with an answer for which the form has no place. */
  readonly leftOut: readonly string[]
}

/** What stands in for a text with a personal fact; undefined leaves the text as it is. */
export type Instead = (question: string, text: string) => string | undefined

/** Notes which choice was taken for which, and by what; for the report. */
export type NoteChoice = (question: string, theirs: string, ours: string) => void

export function makeFormFiller(outline: FormOutline, mapping: ImportMapping, form: SourceForm | undefined, note: NoteChoice) {
  const findPlace = makePlaceFinder(outline, mapping)
  const choices = makeChoiceFinder(outline, mapping, form, note)

  /** `instanceId` is a uuid without prefix. */
  return function fill(instanceId: string, answers: SourceRow, instead: Instead): FilledForm {
    const leftOut: string[] = []
    const sort = (row: SourceRow) => {
      const given = new Map<string, { value: string; rank: number; key: string }>()
      const repeats = new Map<string, readonly SourceRow[]>()
      for (const [key, value] of Object.entries(row)) {
        if (typeof value !== 'string') {
          repeats.set(key.slice(key.lastIndexOf('/') + 1), value)
          continue
        }
        const place = findPlace(key)
        if (place === undefined) leftOut.push(key)
        else take(given, place, key, value)
      }
      return { given, repeats }
    }
    const write = (node: OutlineNode, { given, repeats }: ReturnType<typeof sort>): string => {
      if (node.kind === 'group') return element(node.name, node.children.map((child) => write(child, { given, repeats })).join(''))
      if (node.kind === 'repeat')
        return (repeats.get(node.name) ?? [])
          .map((row) => {
            const inner = sort(row)
            return element(node.name, node.children.map((child) => write(child, inner)).join(''))
          })
          .join('')
      if (node.type === 'note') return ''
      const found = given.get(node.path)
      const raw = mapping.set[node.name] ?? (found === undefined ? '' : toOurs(node, found.key, found.value, choices))
      return element(node.name, escape(raw === '' ? '' : (instead(node.name, raw) ?? raw)))
    }
    const sorted = sort(answers)
    const known = new Set(repeatsOf(outline))
    leftOut.push(...[...sorted.repeats.keys()].filter((name) => !known.has(name)))
    const body = outline.children.map((child) => write(child, sorted)).join('')
    const meta = `<orx:meta><orx:instanceID>uuid:${instanceId}</orx:instanceID></orx:meta>`
    const attributes = `id="${escape(outline.formId)}" version="${escape(outline.version)}" xmlns:orx="http://openrosa.org/xforms"`
    return { xml: `<?xml version="1.0" encoding="UTF-8"?><${outline.rootName} ${attributes}>${body}${meta}</${outline.rootName}>`, leftOut }
  }
}

const isTicked = (value: string) => /^(?:1|true|yes)$/i.test(value)

function take(given: Map<string, { value: string; rank: number; key: string }>, place: Place, key: string, value: string): void {
  const { path } = place.target.node
  const known = given.get(path)
  if (place.choice === undefined) {
    if (known === undefined || place.rank < known.rank) given.set(path, { value, rank: place.rank, key })
    return
  }
  // Choices in columns of their own add up; the column with all of them goes first.
  if (!isTicked(value) || (known !== undefined && known.rank < 3)) return
  given.set(path, {
    value: known === undefined ? place.choice : `${known.value} ${place.choice}`,
    rank: place.rank,
    key: key.slice(0, key.lastIndexOf('/')),
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

const repeatsOf = ({ children }: Pick<FormOutline, 'children'>): string[] =>
  children.flatMap((node) => (node.kind === 'question' ? [] : [...(node.kind === 'repeat' ? [node.name] : []), ...repeatsOf(node)]))
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
