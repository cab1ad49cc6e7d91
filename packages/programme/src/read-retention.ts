import { retentionEnds, retentionStarts, type Period, type RetentionRule } from '@attune/policy'
import type { Cursor } from './cursor.ts'
import { readUnique } from './read-list.ts'

const units = { years: 150, months: 1200, days: 36_600, workingDays: 1000 } as const
type Unit = keyof typeof units

export function readRetention(root: Cursor): readonly RetentionRule[] {
  return readUnique(
    root.need('retention', 'a list of how long things are kept'),
    (rule: RetentionRule) => rule.id,
    (item) => {
      item.onlyKeys(['id', 'label', 'starts', 'atLeast', 'atMost', 'releasedByAggregation', 'whileActive', 'then', 'leaves'])
      const [atLeast, atMost, leaves] = [readPeriod(item.at('atLeast')), readPeriod(item.at('atMost')), item.at('leaves')?.text()]
      if (atLeast === undefined && atMost === undefined) {
        item.report(
          'retention-without-limit',
          'This rule has no length. Write atLeast: { years: 4 } when it must be kept, or atMost: { years: 4 } when it must go.',
        )
      }
      return {
        id: item.need('id', 'a short word').id(),
        label: item.need('label', 'what is kept').text(),
        starts: item.need('starts', retentionStarts.join(' or ')).word(retentionStarts),
        ...(atLeast === undefined ? {} : { atLeast }),
        ...(atMost === undefined ? {} : { atMost }),
        releasedByAggregation: item.at('releasedByAggregation')?.flag() ?? false,
        whileActive: item.at('whileActive')?.flag() ?? false,
        then: item.need('then', retentionEnds.join(' or ')).word(retentionEnds),
        ...(leaves === undefined ? {} : { leaves }),
      }
    },
  )
}

function readPeriod(place: Cursor | undefined): Period | undefined {
  if (place === undefined) return undefined
  place.onlyKeys(Object.keys(units))
  const [first, second] = place.entries()
  if (first === undefined || second !== undefined) {
    place.report('value-kind', 'Write one length with its unit, for example { years: 4 } or { workingDays: 14 }.')
    return undefined
  }
  if (!Object.hasOwn(units, first.key)) return undefined
  const unit = first.key as Unit
  return { [unit]: first.value.number(0, units[unit]) } as Period
}
