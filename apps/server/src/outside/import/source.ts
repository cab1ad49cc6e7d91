// Where records to be taken over come from: files that KoboToolbox or ODK Central wrote, or such a server itself. Everything is text by the
// names of the source; what it means here is for the mapping to say.

/** Answers by the source's own keys, groups in front ("session/session_on"). A repeat is a list of rows. */
export type SourceRow = { readonly [key: string]: string | readonly SourceRow[] }

/** A file that came with a record. */
export type SourceFile = {
  readonly name: string
  /** Where it was given, groups in front and rows counted from 1 ("visits[2]/photo"); left out when the source does not say. */
  readonly place?: string
  /** Its bytes. Rejects with `SourceUnreadable`. */
  readonly read: () => Promise<Buffer>
}

export type SourceRecord = {
  /** The id that stays the same when the record is edited; empty when the source gives none. */
  readonly instanceId: string
  readonly answers: SourceRow
  /** The files that lie there with it; left out when nobody said where they lie. */
  readonly files?: readonly SourceFile[]
  /** The account that sent it there. */
  readonly sentBy?: string
  /** Somebody there decided against it. */
  readonly rejected: boolean
  /** It lies there encrypted, without its answers. */
  readonly closed: boolean
}

/** What is asked there: labels of questions and choices, by which choices can be told apart from codes. */
export type SourceForm = {
  /** By question name: the name of its choice list. */
  readonly lists: ReadonlyMap<string, string>
  /** By list, then by choice: the label in each language. */
  readonly labels: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>
}

export type Source = {
  readonly kind: 'kobo' | 'odk'
  /** How many there are, where the source says so. */
  readonly total?: number
  readonly form?: SourceForm
  /** Parts of an export that belong to no record: sheets, rows of repeats, folders of files. In words. */
  readonly leftOut: readonly string[]
  readonly records: AsyncIterable<SourceRecord> | Iterable<SourceRecord>
}

/** The source could not be read; the sentence is for whoever runs the import and holds no answer. */
export class SourceUnreadable extends Error {}

export const fileTooLong = 'It is longer than all of a submission may be.'

type Json = { readonly [key: string]: unknown }
export const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Nested objects become keys with slashes; nothing given becomes no key. */
export function toSourceRow(value: Json, above = ''): SourceRow {
  const row: { [key: string]: string | readonly SourceRow[] } = {}
  for (const [name, one] of Object.entries(value)) {
    const key = `${above}${name}`
    if (one === null || one === undefined || one === '' || name.includes('@odata.')) continue
    if (Array.isArray(one)) {
      if (one.every(isJson)) row[key] = one.map((inner) => toSourceRow(inner))
      else row[key] = one.map(String).join(' ')
    } else if (isJson(one)) Object.assign(row, toSourceRow(one, `${key}/`))
    else row[key] = String(one as string | number | boolean)
  }
  return row
}
