// What Kobo's clients say about an export: as JSON, or as a web form whose values are all text. What cannot be done is refused.
import { raise } from '../problems.ts'
import { readKoboFilter, type KoboFilter } from './read-kobo-query.ts'
import type { ExportOptions } from '../present/kobo-export.ts'

/** Taken for the clients' sake: there are no files, places or flattened maps here, and the asset stands in the address. */
const withoutEffect = new Set(['include_media_url', 'flatten', 'source', 'include_labels'])
const types = { csv: 'csv', xls: 'xls', xlsx: 'xls' } as const
const multiples = ['both', 'summary', 'details'] as const
const known = ['type', 'lang', 'group_sep', 'hierarchy_in_labels', 'multiple_select', 'fields_from_all_versions', 'fields', 'submission_ids', 'query']

/** The options with what is usual filled in. `languages` are those of the form. Raises `request-invalid` with the place of what is wrong. */
export function readExportOptions(given: unknown, languages: readonly string[], names: Parameters<typeof readKoboFilter>[1]): ExportOptions {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return refuse('', 'is a JSON object')
  const values = given as Readonly<Record<string, unknown>>
  const unknown = Object.keys(values).find((name) => !known.includes(name) && !withoutEffect.has(name) && name !== 'xls_types_as_text')
  if (unknown !== undefined) refuse(unknown, 'is not taken here')
  const of = (name: string) => (values[name] === null || values[name] === '' ? undefined : values[name])
  const text = (name: string, usual: string, most: number) => {
    const value = of(name) ?? usual
    return typeof value === 'string' && value.length <= most ? value : refuse(name, `is a text of at most ${most} letters`)
  }
  const flag = (name: string, usual: boolean) => {
    const value = of(name) ?? usual
    if (typeof value === 'boolean') return value
    const word = String(value).toLowerCase()
    return word === 'true' ? true : word === 'false' ? false : refuse(name, 'is true or false')
  }
  const list = (name: string): readonly unknown[] => {
    const value = of(name)
    const parsed = typeof value === 'string' ? parse(name, value) : (value ?? [])
    return Array.isArray(parsed) && parsed.length <= 10_000 ? parsed : refuse(name, 'is a JSON list')
  }
  const type = types[text('type', 'csv', 20) as keyof typeof types] ?? refuse('type', 'is csv or xls')
  const lang = text('lang', '_default', 100)
  if (!['_default', '_xml', ...languages].includes(lang)) refuse('lang', `is _default, _xml or one of: ${languages.join(', ')}`)
  const multiple = multiples.find((word) => word === text('multiple_select', 'both', 20)) ?? refuse('multiple_select', `is ${multiples.join(', ')}`)
  const fields = list('fields')
  if (!fields.every((field) => typeof field === 'string')) refuse('fields', 'is a JSON list of names')
  const ids = list('submission_ids').map(Number)
  if (!ids.every(Number.isSafeInteger)) refuse('submission_ids', 'is a JSON list of numbers')
  const query = of('query')
  const asked: unknown = typeof query === 'string' ? parse('query', query) : query
  // Read now, so that a wrong one is refused when it is ordered and not when the file is fetched.
  readKoboFilter(asked, names)
  return {
    type,
    lang,
    group_sep: text('group_sep', '/', 10),
    hierarchy_in_labels: flag('hierarchy_in_labels', false),
    multiple_select: multiple,
    fields_from_all_versions: flag('fields_from_all_versions', true),
    xls_types_as_text: flag('xls_types_as_text', true),
    fields: fields as string[],
    submission_ids: ids,
    ...(asked === undefined ? {} : { query: asked as object }),
  }
}

/** What of the records an order asks for. */
export const toExportFilter = ({ query }: ExportOptions, names: Parameters<typeof readKoboFilter>[1]): KoboFilter => readKoboFilter(query, names)

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return refuse(name, 'is not JSON')
  }
}

function refuse(name: string, why: string): never {
  return raise('request-invalid', { fields: [{ place: `/${name.slice(0, 40)}`, why }] })
}
