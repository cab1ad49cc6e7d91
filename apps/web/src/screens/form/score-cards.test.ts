import { readFileSync } from 'node:fs'
import { parseScale } from '@attune/measures'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { toScoreCards, type MeasureUse } from './score-cards.ts'

function use(id: string): MeasureUse {
  const parsed = parseScale(parse(readFileSync(new URL(`../../../../../packages/measures/scales/${id}.yaml`, import.meta.url), 'utf8')))
  if (!('scale' in parsed)) throw new Error(JSON.stringify(parsed.issues))
  const { scale } = parsed
  return { scale, items: Object.fromEntries(scale.items.map(({ code }) => [code, `phq9_${code}`])), scores: { total: 'total_question' } }
}

const phq9 = use('phq-9')
const scored = phq9.scale.items.filter((item) => item.scored)
const answersOf = (values: readonly string[]) => (question: string) => values[scored.findIndex((item) => `phq9_${item.code}` === question)] ?? ''

describe('scores on the review page', () => {
  it('a measure filled in item by item shows its total, its band and which way is better', () => {
    const [card] = toScoreCards([phq9], answersOf(['2', '1', '1', '1', '1', '1', '1', '1', '0']))
    expect(card).toMatchObject({ name: expect.stringContaining('PHQ-9'), says: 'Lower is better.', care: undefined })
    expect(card?.lines).toEqual([{ name: undefined, score: '9', range: 'on a scale from 0 to 27', band: 'mild' }])
  })

  it('an answer that needs care says so, whatever the total is', () => {
    const [card] = toScoreCards([phq9], answersOf(['0', '0', '0', '0', '0', '0', '0', '0', '1']))
    expect(card?.care).toContain('care')
  })

  it('too few answers give no score, and a sentence instead of a number', () => {
    const [card] = toScoreCards([phq9], answersOf(['2', '1']))
    expect(card).toMatchObject({ lines: [], says: expect.stringContaining('no score') })
  })

  it('a measure that was not used has no card, and what is no measure is passed over', () => {
    expect(toScoreCards([phq9, null, {}], () => '')).toEqual([])
  })

  it('a measure whose items could be asked, but of which the form holds only the total, shows the total that was typed in', () => {
    const core10 = { ...use('core-10'), items: {} }
    const [card] = toScoreCards([core10], (question) => (question === 'total_question' ? '12' : ''))
    expect(card?.lines[0]).toMatchObject({ score: '12', range: 'on a scale from 0 to 40' })
  })

  it('an answer outside the measure gives no card rather than a wrong one', () => {
    expect(toScoreCards([phq9], answersOf(['7']))).toEqual([])
  })
})
