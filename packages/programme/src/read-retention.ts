// How long things are kept. What the printed policy says about a rule has to be what the program does, so a rule that nothing carries out is a hole.
import { carriedOutRules, retentionEnds, retentionStarts, type Period, type PolicyValues, type RetentionRule } from '@attune/policy'
import type { Cursor } from './cursor.ts'
import { readUnique } from './read-list.ts'

const units = { years: 150, months: 1200, days: 36_600, workingDays: 1000 } as const
type Unit = keyof typeof units

export function readRetention(root: Cursor, { draftKeepDays }: Pick<PolicyValues, 'draftKeepDays'>): readonly RetentionRule[] {
  const list = root.need('retention', 'a list of how long things are kept')
  const rules = readUnique(
    list,
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
      const rule = {
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
      checkCarriedOut(item, rule, draftKeepDays)
      return rule
    },
  )
  for (const [id, { needed }] of Object.entries(carriedOutRules)) {
    if (needed && !list.isMissing && !rules.some((rule) => rule.id === id))
      list.report('retention-not-carried-out', `There is no rule "${id}", so the program does not know how long to keep what it holds. Add it.`)
  }
  return rules
}

function checkCarriedOut(item: Cursor, rule: RetentionRule, draftKeepDays: number): void {
  const done = Object.hasOwn(carriedOutRules, rule.id) ? carriedOutRules[rule.id] : undefined
  const report = (message: string) => item.report('retention-not-carried-out', message)
  if (done === undefined) {
    if (rule.id !== '' && rule.then !== 'review')
      report(
        `Nothing carries out the rule "${rule.id}". Write then: review, so that people look, or use a rule of the program: ${Object.keys(carriedOutRules).join(', ')}.`,
      )
    return
  }
  if (rule.starts !== done.starts)
    report(`The program counts "${rule.id}" from ${done.starts} and not from ${rule.starts}. Write starts: ${done.starts}.`)
  if (rule.then !== done.then) report(`At its end the program does this with "${rule.id}": ${done.then}. Write then: ${done.then}.`)
  if (rule.id === 'draft' && (rule.atMost === undefined || !('days' in rule.atMost) || rule.atMost.days !== draftKeepDays))
    report(
      `Devices keep a draft for draftKeepDays, which is ${draftKeepDays} days. Write atMost: { days: ${draftKeepDays} } here, or change the value.`,
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
