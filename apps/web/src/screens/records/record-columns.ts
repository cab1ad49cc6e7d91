// The columns of the table: what stands in them and how wide they are. The measures' columns come from the records themselves.
import type { RecordRow } from '@attune/contract'
import { say } from '../../messages/index.ts'
import { columnCharacters } from './column-widths.ts'
import { measuresOf } from './record-filter.ts'
import { sayClientCode, sayCode, sayMeasure } from '../../words/say-code.ts'
import { sayDay, sayShortInstant } from '../../words/say-day.ts'
import { sayScore } from '../../words/say-number.ts'
import { isPartOf } from './score-groups.ts'
import type { SortKey } from './sort-records.ts'

export type RecordColumn = {
  readonly key: SortKey
  readonly heading: string
  /** Numbers stand at the right so that they line up. */
  readonly number: boolean
  readonly characters: number
  readonly text: (record: RecordRow) => string
}

export type Names = { readonly practitioners: ReadonlyMap<string, string>; readonly measures: ReadonlyMap<string, string> }

export function sayPractitioner(record: RecordRow, names: Names): string {
  if (record.practitionerId === null) return say('records.unknownPractitioner')
  return names.practitioners.get(record.practitionerId) ?? say('records.unknownPractitioner')
}

type Draft = Omit<RecordColumn, 'characters'>

/** The columns for these records, their widths taken from all rows; parts of a measure only when asked for. */
export function recordColumns(records: readonly RecordRow[], names: Names, withParts = true): readonly RecordColumn[] {
  const used = new Set(measuresOf(records))
  const text = (key: SortKey, heading: string, show: (record: RecordRow) => string): Draft => ({ key, heading, number: false, text: show })
  const number = (key: SortKey, heading: string, show: (record: RecordRow) => string): Draft => ({ key, heading, number: true, text: show })
  const drafts: Draft[] = [
    text('code', say('records.columnCode'), (record) => sayClientCode(record.code)),
    text('sessionOn', say('records.columnDay'), (record) => sayDay(record.sessionOn)),
    number('sessionNo', say('records.columnNo'), (record) => (record.sessionNo === null ? '' : String(record.sessionNo))),
    text('timePoint', say('records.columnTime'), (record) => sayCode(record.timePoint)),
    text('ageGroup', say('records.columnAge'), (record) => sayCode(record.ageGroup)),
    text('practitioner', say('records.columnPractitioner'), (record) => sayPractitioner(record, names)),
    ...[...used]
      .filter((measure) => withParts || !isPartOf(measure, used))
      .map((measure) =>
        number(`score:${measure}`, sayMeasure(measure, names.measures), (record) => {
          const score = record.scores[measure]
          return score === undefined ? '' : sayScore(score)
        }),
      ),
    text('sessionMode', say('records.columnMode'), (record) => sayCode(record.sessionMode)),
    text('receivedAt', say('records.columnReceived'), (record) => sayShortInstant(record.receivedAt)),
  ]
  // Writing a day or an instant in words is dear, and all of them are of about the same length: some stand for ten thousand.
  const sampled = ({ key }: Draft) => (key === 'receivedAt' || key === 'sessionOn' || key.startsWith('score:') ? records.slice(0, 60) : records)
  return drafts.map((draft) => ({
    ...draft,
    characters: columnCharacters(draft.heading, sampled(draft).map(draft.text), { least: draft.number ? 7 : 9 }),
  }))
}
