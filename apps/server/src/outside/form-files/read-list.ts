// A list that choices or lookups come from, as every reader of it will see it: Attune's own form, the replay on the server, and collecting apps. A .csv is
// written anew, with commas, in UTF-8 and without blank lines, so that none of them has to guess.
import { readCsvRecords } from '@attune/xlsform'
import type { ListContent } from '@attune/programme'
import { SaxesParser } from 'saxes'

export type ListReading = { readonly list: ListContent; readonly text: string } | { readonly refused: string }
export const listLimits = { rows: 100_000, columns: 100, cells: 2_000_000, cellLetters: 10_000, depth: 32, nodes: 4_000_000 } as const

const number = (value: number) => value.toLocaleString('en-GB')
const tooLong = `it has more than ${number(listLimits.rows)} rows, which no telephone can hold. Leave out what nobody there will choose.`

export function readCsvList(text: string): ListReading {
  if (text.includes('\0')) return { refused: 'it holds signs that are no letters. Save it as “CSV UTF-8”.' }
  const heading = /^[^\r\n]*/.exec(text)?.[0] ?? ''
  const separator = !heading.includes(',') && heading.includes(';') ? ';' : ','
  const records = readCsvRecords(text, separator)
  if (records === undefined)
    return { refused: 'a quotation mark is opened and never closed. Close it, or write it twice where it is meant as a letter.' }
  const isBlank = (record: readonly string[]) => record.every((cell) => cell.trim() === '')
  const first = records.findIndex((record) => !isBlank(record))
  if (first < 0) return { refused: 'there is nothing in it.' }
  const columns = dropLast(
    records[first]!.map((cell) => cell.trim()),
    0,
  )
  const unnamed = columns.indexOf('')
  if (unnamed >= 0) return { refused: `the column ${toColumnName(unnamed)} has no heading. The first row has to name every column.` }
  const twice = columns.find((column, at) => columns.indexOf(column) !== at)
  if (twice !== undefined) return { refused: `it has two columns “${twice}”. Name each column differently.` }
  if (columns.length > listLimits.columns)
    return { refused: `it has ${columns.length} columns; at most ${listLimits.columns} are read. Leave out those that the form does not use.` }
  const rows: string[][] = []
  for (let at = first + 1; at < records.length; at++) {
    const record = records[at]!
    if (isBlank(record)) continue
    if (rows.length >= listLimits.rows) return { refused: tooLong }
    const row = record.length > columns.length ? dropLast(record, columns.length) : record
    if (row.length > columns.length)
      return {
        refused: `row ${at + 1} has ${row.length} cells, and there are ${columns.length} headings. Put a cell that has a comma in it into quotation marks.`,
      }
    if (row.some((cell) => cell.length > listLimits.cellLetters))
      return { refused: `a cell of row ${at + 1} has more than ${number(listLimits.cellLetters)} letters.` }
    rows.push(row)
  }
  if (rows.length * columns.length > listLimits.cells)
    return { refused: `it has more than ${number(listLimits.cells)} cells. Leave out columns that the form does not use.` }
  const written = [columns, ...rows].map((row) => row.map(toCell).join(','))
  return { list: { columns, rows }, text: `${written.join('\n')}\n` }
}

/** A row without the empty cells at its end that spreadsheet programs add, down to a number of cells. */
function dropLast(row: readonly string[], least: number): string[] {
  let end = row.length
  while (end > least && row[end - 1]!.trim() === '') end -= 1
  return row.slice(0, end)
}

const toCell = (text: string) => (/[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text)

function toColumnName(at: number): string {
  return at < 26 ? String.fromCharCode(65 + at) : toColumnName(Math.floor(at / 26) - 1) + toColumnName(at % 26)
}

class Refusal extends Error {}

/** `<root><item><name>…</name><label>…</label></item></root>`; anything else in it stays for expressions that know it. */
export function readXmlList(text: string): ListReading {
  const columns: string[] = []
  const rows: string[][] = []
  const path: string[] = []
  let row: Map<string, string> | undefined
  let nodes = 0
  const refuse = (why: string): never => {
    throw new Refusal(why)
  }
  const parser = new SaxesParser({ xmlns: false, position: false })
  parser.on('error', () => refuse('it is not sound XML.'))
  parser.on('doctype', () => refuse('it declares a document type. Leave out the line that begins with <!DOCTYPE.'))
  parser.on('processinginstruction', () => refuse('it calls for another program. Leave out the lines that begin with <? other than the first.'))
  parser.on('xmldecl', ({ encoding }) =>
    encoding === undefined || /^utf-8$/i.test(encoding) ? undefined : refuse('its letters are not written in UTF-8.'),
  )
  parser.on('opentag', ({ name }) => {
    if (++nodes > listLimits.nodes) refuse(tooLong)
    path.push(name)
    if (path.length > listLimits.depth) refuse(`its parts lie inside each other more than ${listLimits.depth} deep.`)
    if (path.length === 2 && name === 'item' && path[0] === 'root') {
      row = new Map()
      if (rows.length >= listLimits.rows) refuse(tooLong)
    }
    if (path.length === 3 && row !== undefined) {
      if (!columns.includes(name)) columns.push(name)
      if (columns.length > listLimits.columns) refuse(`its items have more than ${listLimits.columns} different parts.`)
      row.set(name, '')
    }
  })
  const addText = (piece: string) => {
    const name = path[2]
    if (path.length === 3 && row !== undefined && name !== undefined) row.set(name, (row.get(name) ?? '') + piece)
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    if (path.length === 2 && row !== undefined) {
      const found = row
      rows.push(columns.map((column) => (found.get(column) ?? '').trim()))
      row = undefined
    }
    path.pop()
  })
  try {
    for (let at = 0; at < text.length; at += 65_536) parser.write(text.slice(at, at + 65_536))
    parser.close()
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.message }
    throw error
  }
  return { list: { columns, rows: rows.map((cells) => columns.map((_, at) => cells[at] ?? '')) }, text }
}

type Feature = { readonly type?: unknown; readonly id?: unknown; readonly geometry?: unknown; readonly properties?: unknown }
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const isPlace = (value: unknown) => Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'number')

export function readGeoJsonList(text: string): ListReading {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return { refused: 'it is not sound JSON.' }
  }
  if (!isObject(parsed) || parsed['type'] !== 'FeatureCollection' || !Array.isArray(parsed['features']))
    return { refused: 'it is no GeoJSON with a list of features: it has to begin with {"type":"FeatureCollection","features":[…' }
  const features = parsed['features'] as Feature[]
  if (features.length > listLimits.rows) return { refused: tooLong }
  const found: Map<string, string>[] = []
  const columns = new Set(['geometry'])
  for (const [at, feature] of features.entries()) {
    const why = refuseFeature(feature)
    if (why !== undefined) return { refused: `feature ${at + 1} ${why}` }
    const properties = isObject(feature.properties) ? feature.properties : {}
    const row = new Map(Object.entries(properties).map(([name, value]) => [name, String(value)]))
    if (feature.id !== undefined) row.set('id', String(feature.id))
    for (const name of row.keys()) columns.add(name)
    if (columns.size > listLimits.columns) return { refused: `its features have more than ${listLimits.columns} different properties.` }
    found.push(row)
  }
  const names = [...columns]
  return { list: { columns: names, rows: found.map((row) => names.map((name) => row.get(name) ?? '')) }, text }
}

/** What the form engine cannot draw it does not load at all, and then no form opens. */
function refuseFeature(feature: unknown): string | undefined {
  if (!isObject(feature) || feature['type'] !== 'Feature') return 'is none: its type has to be "Feature".'
  const { geometry, properties, id } = feature
  if (properties !== null && !isObject(properties)) return 'has no properties; write null where there are none.'
  if (id !== undefined && typeof id !== 'string' && typeof id !== 'number') return 'has an id that is neither text nor a number.'
  if (!isObject(geometry)) return 'has no geometry.'
  const { type, coordinates } = geometry
  if (type === 'Point') return isPlace(coordinates) ? undefined : 'is a point without a longitude and a latitude; heights are left out.'
  const line =
    type === 'LineString'
      ? coordinates
      : type === 'Polygon' && Array.isArray(coordinates) && coordinates.length <= 1
        ? (coordinates[0] ?? [])
        : undefined
  if (line === undefined) return 'is neither a point, a line nor a surface without holes; others cannot be chosen from.'
  return Array.isArray(line) && line.every(isPlace) ? undefined : 'has a corner without a longitude and a latitude; heights are left out.'
}
