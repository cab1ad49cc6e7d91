// Reads fields of an unknown value one by one and collects what is wrong, so that a writer sees all mistakes at once.

export type ScaleIssue = { readonly path: string; readonly message: string }

export class FieldReader {
  readonly #fields: Readonly<Record<string, unknown>>
  readonly #path: string
  readonly #issues: ScaleIssue[]

  constructor(value: unknown, path: string, issues: ScaleIssue[]) {
    const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value)
    if (!isMapping) issues.push({ path, message: 'write a mapping of fields here' })
    this.#fields = isMapping ? (value as Record<string, unknown>) : {}
    this.#path = path
    this.#issues = issues
  }

  issue(field: string, message: string): void {
    this.#issues.push({ path: this.#at(field), message })
  }

  value(field: string): unknown {
    return this.#get(field)
  }

  has(field: string): boolean {
    return this.#get(field) !== undefined && this.#get(field) !== null
  }

  onlyFields(known: readonly string[]): void {
    for (const field of Object.keys(this.#fields)) {
      if (!known.includes(field)) this.issue(field, `this field is unknown; the known ones are ${known.join(', ')}`)
    }
  }

  text(field: string): string {
    const value = this.#get(field)
    if (typeof value === 'string' && value.trim() !== '') return value
    this.issue(field, 'write some text')
    return ''
  }

  optionalText(field: string): string | undefined {
    return this.has(field) ? this.text(field) : undefined
  }

  number(field: string, otherwise?: number): number {
    const value = this.#get(field)
    if (value === undefined && otherwise !== undefined) return otherwise
    if (typeof value === 'number' && Number.isFinite(value)) return value
    this.issue(field, 'write a number')
    return 0
  }

  whole(field: string, otherwise?: number): number {
    const value = this.number(field, otherwise)
    if (!Number.isSafeInteger(value)) this.issue(field, 'write a whole number')
    return value
  }

  flag(field: string, otherwise: boolean): boolean {
    const value = this.#get(field)
    if (value === undefined) return otherwise
    if (typeof value !== 'boolean') this.issue(field, 'write true or false')
    return value === true
  }

  oneOf<T extends string>(field: string, words: readonly [T, ...T[]], otherwise?: T): T {
    const value = this.#get(field)
    if (value === undefined && otherwise !== undefined) return otherwise
    const word = words.find((known) => known === value)
    if (word === undefined) this.issue(field, `write one of: ${words.join(', ')}`)
    return word ?? words[0]
  }

  texts(field: string, otherwise?: readonly string[]): readonly string[] {
    const value = this.#get(field)
    if (value === undefined && otherwise !== undefined) return otherwise
    if (Array.isArray(value) && value.every((entry) => typeof entry === 'string' && entry !== '')) return value as string[]
    this.issue(field, 'write a list of texts')
    return []
  }

  list(field: string): readonly FieldReader[] {
    const value = this.#get(field)
    if (value === undefined) return []
    if (Array.isArray(value)) return value.map((entry, index) => new FieldReader(entry, `${this.#at(field)}[${index}]`, this.#issues))
    this.issue(field, 'write a list')
    return []
  }

  inner(field: string): FieldReader {
    return new FieldReader(this.#get(field), this.#at(field), this.#issues)
  }

  entries(field: string): readonly (readonly [string, unknown])[] {
    const value = this.#get(field)
    if (value === undefined) return []
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value)
    this.issue(field, 'write a mapping of fields here')
    return []
  }

  #get(field: string): unknown {
    return Object.hasOwn(this.#fields, field) ? this.#fields[field] : undefined
  }

  #at(field: string): string {
    return this.#path === '' ? field : `${this.#path}.${field}`
  }
}
