// Reads a YAML file value by value and remembers where each one stands, so that every mistake can be shown at its line. A value that is missing
// or wrong is reported once and read as something empty, so that reading goes on.
import { isDay } from '@attune/policy'
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node, type Pair } from 'yaml'
import type { IssueSink, ProgrammeIssueCode } from './issue.ts'

type Source = { readonly file: string; readonly document: Document; readonly lines: LineCounter; readonly issues: IssueSink }

/** The root of a file. A file that is missing or is no YAML reports that and reads as empty. */
export function openYaml(files: ReadonlyMap<string, string>, file: string, issues: IssueSink): Cursor {
  const lines = new LineCounter()
  const text = files.get(file)
  const document = parseDocument(text ?? '', { lineCounter: lines, prettyErrors: false, merge: false })
  const source: Source = { file, document, lines, issues }
  if (text === undefined) {
    issues.push({
      file,
      line: 1,
      column: 1,
      code: 'file-missing',
      message: `There is no file ${file}. Write it, or correct its name in programme.yaml.`,
    })
    return new Cursor(source, undefined, 0, true)
  }
  for (const error of document.errors) {
    const place = lines.linePos(error.pos[0])
    issues.push({ file, line: place.line, column: place.col, code: 'yaml-broken', message: `This is not valid YAML: ${error.message}` })
  }
  return new Cursor(source, document.errors.length > 0 ? undefined : (document.contents ?? undefined), 0, document.errors.length > 0)
}

export class Cursor {
  readonly #source: Source
  readonly #node: Node | undefined
  readonly #offset: number
  /** True where there is nothing to read because something above was already reported. */
  readonly isMissing: boolean

  constructor(source: Source, node: Node | null | undefined, offset: number, isMissing = false) {
    const resolved = isAlias(node) ? node.resolve(source.document) : node
    this.#source = source
    this.#node = resolved ?? undefined
    this.#offset = node?.range?.[0] ?? offset
    this.isMissing = isMissing
  }

  get file(): string {
    return this.#source.file
  }

  report(code: ProgrammeIssueCode, message: string): void {
    const place = this.#source.lines.linePos(this.#offset)
    this.#source.issues.push({ file: this.#source.file, line: Math.max(1, place.line), column: Math.max(1, place.col), code, message })
  }

  /** The value under a key, or `undefined` when the key is not there. */
  at(key: string): Cursor | undefined {
    const pair = this.#pairs().find((candidate) => keyOf(candidate) === key)
    return pair === undefined ? undefined : this.#inner(pair)
  }

  /** The value under a key that must be there. */
  need(key: string, what: string): Cursor {
    const inner = this.at(key)
    if (inner !== undefined) return inner
    if (!this.isMissing && (this.#node === undefined || isMap(this.#node)))
      this.report('key-missing', `"${key}" is missing here. Write ${key}: ${what}`)
    return new Cursor(this.#source, undefined, this.#offset, true)
  }

  onlyKeys(known: readonly string[]): void {
    for (const { key, place } of this.entries()) {
      if (!known.includes(key)) place.report('key-unknown', `"${key}" is not known here.${nearest(key, known)} Known are: ${known.join(', ')}.`)
    }
  }

  entries(): readonly { readonly key: string; readonly value: Cursor; readonly place: Cursor }[] {
    if (!this.isMissing && this.#node !== undefined && !isMap(this.#node)) this.report('value-kind', 'Write "key: value" lines here.')
    return this.#pairs().map((pair) => ({
      key: keyOf(pair),
      value: this.#inner(pair),
      place: new Cursor(this.#source, pair.key as Node, this.#offset),
    }))
  }

  items(): readonly Cursor[] {
    if (isSeq(this.#node)) return this.#node.items.map((item) => new Cursor(this.#source, item as Node, this.#offset))
    if (!this.isMissing)
      this.report(this.#isBlank() ? 'value-blank' : 'value-kind', 'Write a list here: [one, two], or one line per entry, each beginning with "- ".')
    return []
  }

  text(): string {
    const value = this.#scalar()
    if (typeof value === 'string' && value.trim() !== '') return value.trim()
    if (typeof value === 'number' || typeof value === 'boolean') {
      this.report('value-kind', `Write words here. Put quotes around it if it should be text: "${String(value)}".`)
    } else if (!this.isMissing) this.report(this.#isBlank() ? 'value-blank' : 'value-kind', 'This is blank. Write the text that belongs here.')
    return ''
  }

  texts(): readonly string[] {
    return this.items().map((item) => item.text())
  }

  word<W extends string>(words: readonly W[]): W {
    const value = this.#scalar()
    if (typeof value === 'string' && (words as readonly string[]).includes(value)) return value as W
    if (this.#isBlank() && !this.isMissing) this.report('value-blank', `This is blank. Write one of: ${words.join(', ')}.`)
    else if (!this.isMissing)
      this.report('word-unknown', `"${shown(value)}" is not known here.${nearest(shown(value), words)} Write one of: ${words.join(', ')}.`)
    return words[0] as W
  }

  number(least: number, most: number): number {
    const value = this.#scalar()
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value
    if (typeof value === 'number') this.report('value-out-of-range', `${value} does not fit here. Write a whole number from ${least} to ${most}.`)
    else if (!this.isMissing) this.report(this.#isBlank() ? 'value-blank' : 'value-kind', `Write a whole number from ${least} to ${most}.`)
    return least
  }

  flag(): boolean {
    const value = this.#scalar()
    if (typeof value === 'boolean') return value
    if (!this.isMissing) this.report(this.#isBlank() ? 'value-blank' : 'value-kind', 'Write true or false.')
    return false
  }

  day(): string {
    const value = this.#scalar()
    if (isDay(value)) return value
    if (!this.isMissing) this.report(this.#isBlank() ? 'value-blank' : 'day-invalid', 'Write a day that exists as "YYYY-MM-DD".')
    return ''
  }

  /** A small word that others refer to: letters, digits and hyphens. */
  id(): string {
    const value = this.text()
    if (value !== '' && !/^[a-z][a-z0-9-]*$/.test(value))
      this.report('value-kind', `"${value}" cannot be an id. Use small letters, digits and hyphens, beginning with a letter.`)
    return value
  }

  isText(): boolean {
    return isScalar(this.#node) && typeof this.#node.value === 'string'
  }

  #scalar(): unknown {
    return isScalar(this.#node) ? this.#node.value : this.#node === undefined ? undefined : this.#node
  }

  #isBlank(): boolean {
    return this.#node === undefined || (isScalar(this.#node) && (this.#node.value === null || this.#node.value === ''))
  }

  #pairs(): readonly Pair[] {
    return isMap(this.#node) ? (this.#node.items as Pair[]) : []
  }

  #inner(pair: Pair): Cursor {
    const key = pair.key as Node
    return new Cursor(this.#source, pair.value as Node | null, key.range?.[0] ?? this.#offset)
  }
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : ''
}

function shown(value: unknown): string {
  return typeof value === 'object' ? 'this' : String(value)
}

/** " Did you mean …?" when a known word is one or two letters away. */
export function nearest(word: string, known: readonly string[]): string {
  const found = known.find((candidate) => isNear(word.toLowerCase(), candidate.toLowerCase()))
  return found === undefined ? '' : ` Did you mean "${found}"?`
}

// Damerau distance of at most two, by dynamic programming over short words.
function isNear(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 2 || one.length < 3 || one.length > 40) return false
  let before: number[] = []
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const cost = one[i - 1] === other[j - 1] ? 0 : 1
      let best = Math.min((next[j - 1] as number) + 1, (row[j] as number) + 1, (row[j - 1] as number) + cost)
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) best = Math.min(best, (before[j - 2] as number) + 1)
      next.push(best)
    }
    before = row
    row = next
  }
  return (row[other.length] as number) <= 2
}
