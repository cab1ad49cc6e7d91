// Records as an OData 4.0 feed, as Excel and Power BI read it: service document, metadata, pages.
// Formats: OData JSON Format 4.0 and OData CSDL 4.0, https://docs.oasis-open.org/odata/odata/v4.0/.
import type { AnswerValue } from '@attune/forms'
import type { Programme, ProgrammeForm } from '@attune/programme'
import { isTable, toScoreVariables, toVariables, type Variable, type VariableKind } from './record-variables.ts'
import type { RecordFacts } from './record.ts'

export const entitySet = 'records'
export type FeedProperty = {
  readonly name: string
  readonly type: string
  readonly label: string
  readonly of: (row: RecordFacts) => string | number | null
}

const types: Partial<Record<VariableKind, string>> = {
  'whole-number': 'Edm.Int32',
  number: 'Edm.Double',
  day: 'Edm.Date',
  instant: 'Edm.DateTimeOffset',
}

/** What a record has in the feed: what the form asks, then the scores as the server worked them out. */
export function toFeedProperties(programme: Programme, forms: readonly ProgrammeForm[]): readonly FeedProperty[] {
  const taken = new Set<string>()
  const nameOf = (wanted: string) => {
    const plain = wanted.replaceAll(/[^A-Za-z0-9_]/g, '_').replace(/^(?=\d)/, '_')
    let name = plain
    for (let at = 2; taken.has(name); at++) name = `${plain}_${at}`
    taken.add(name)
    return name
  }
  return [...toVariables(programme, forms), ...toScoreVariables(programme, forms)].map((variable) => {
    const type = types[variable.kind] ?? 'Edm.String'
    return { name: nameOf(variable.name), type, label: variable.label, of: (row) => toValue(type, variable, row) }
  })
}

function toValue(type: string, { of }: Variable, row: RecordFacts): string | number | null {
  const value = of(row)
  if (value === undefined) return null
  if (type === 'Edm.Int32' || type === 'Edm.Double') return typeof value === 'number' ? value : null
  return toText(value)
}

function toText(value: AnswerValue): string {
  if (!Array.isArray(value)) return String(value)
  return isTable(value) ? JSON.stringify(value) : (value as readonly string[]).join(' ')
}

export const presentService = (root: string): string =>
  JSON.stringify({ '@odata.context': `${root}$metadata`, value: [{ name: entitySet, kind: 'EntitySet', url: entitySet }] })

type Shown = { readonly context: string; readonly count: number | undefined; readonly next: string | undefined }

export function presentFeed({ context, count, next }: Shown, properties: readonly FeedProperty[], rows: readonly RecordFacts[]): string {
  return JSON.stringify({
    '@odata.context': context,
    ...(count !== undefined && { '@odata.count': count }),
    value: rows.map((row) => Object.fromEntries(properties.map(({ name, of }) => [name, of(row)]))),
    ...(next !== undefined && { '@odata.nextLink': next }),
  })
}

/** `filterable`: the properties that $filter takes; nothing can be sorted. Programs read that here and do the rest themselves. */
export function presentMetadata(properties: readonly FeedProperty[], filterable: readonly string[]): string {
  const rows = properties.map(({ name, type, label }) => {
    const nullable = name === 'record_id' ? ' Nullable="false"' : ''
    return `<Property Name="${name}" Type="${type}"${nullable}><Annotation Term="Org.OData.Core.V1.Description" String="${escape(label)}"/></Property>`
  })
  const shut = properties.filter(({ name }) => !filterable.includes(name)).map(({ name }) => `<PropertyPath>${name}</PropertyPath>`)
  return [
    '<?xml version="1.0" encoding="UTF-8"?><edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0"><edmx:DataServices>',
    '<Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="Attune"><EntityType Name="Record"><Key><PropertyRef Name="record_id"/></Key>',
    ...rows,
    `</EntityType><EntityContainer Name="Container"><EntitySet Name="${entitySet}" EntityType="Attune.Record">`,
    '<Annotation Term="Org.OData.Capabilities.V1.SortRestrictions"><Record><PropertyValue Property="Sortable" Bool="false"/></Record></Annotation>',
    '<Annotation Term="Org.OData.Capabilities.V1.FilterRestrictions"><Record><PropertyValue Property="Filterable" Bool="true"/>',
    `<PropertyValue Property="NonFilterableProperties"><Collection>${shut.join('')}</Collection></PropertyValue></Record></Annotation>`,
    '</EntitySet></EntityContainer></Schema></edmx:DataServices></edmx:Edmx>',
  ].join('')
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
