// Every scale against the list of facts that was gathered from sources, where that list lies beside the repository (../shared/data).
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { parseScale, toScores } from './index.ts'

type Facts = { readonly [fact: string]: unknown } & {
  readonly id: string
  readonly name: string
  readonly itemText: string
  readonly licence: string
  readonly confidence: string
  readonly sources: readonly string[]
}
const list = new URL('../../../../shared/data/measures-facts.json', import.meta.url)
const facts = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as { measures: Facts[] }).measures : []

const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '')
const numbersIn = (value: unknown): number[] =>
  typeof value === 'number' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : []
/** The facts that a scale file tells in its own structure; every other one has to stand in it as it is, or be told in words. */
const structured = ['id', 'name', 'responseScale', 'itemText', 'licence', 'confidence', 'sources', 'direction', 'range', 'metric', 'total']

function open(id: string) {
  const text = readFileSync(new URL(`../scales/${id}.yaml`, import.meta.url), 'utf8')
  const raw = parse(text, { maxAliasCount: 50 }) as { facts?: Record<string, unknown>; reverse?: string[]; items?: unknown }
  const result = parseScale(raw)
  if ('issues' in result) throw new Error(`${id}: ${JSON.stringify(result.issues)}`)
  return { text, raw, scale: result.scale }
}

describe('a scale file', () => {
  it('says of everything known from memory that it is', () => {
    const { scale } = open('hads')
    expect(toScores(scale).map((score) => [score.bandTable?.confidence, score.missing.confidence])).toEqual([
      ['recall', 'recall'],
      ['recall', 'recall'],
    ])
  })

  for (const fact of facts) {
    it(`${fact.id} holds what the list says`, () => {
      const { text, raw, scale } = open(fact.id)
      const scores = toScores(scale)
      expect([scale.id, scale.licence.itemText]).toEqual([fact.id, fact.itemText])
      expect(plain(scale.licence.terms)).toContain(plain(fact.licence).slice(0, 12))
      expect(fact.confidence.toLowerCase()).toContain(scale.confidence)
      for (const source of fact.sources)
        expect(
          scale.sources.some((own) => own.includes(source) || source.includes(own)),
          source,
        ).toBe(true)
      if (typeof fact['items'] === 'number') expect([scale.items.length, raw.facts?.['items']]).toContain(fact['items'])
      if (typeof fact['direction'] === 'string') expect(scale.direction).toBe(fact['direction'])
      const reverse = fact['reverse']
      if (Array.isArray(reverse)) expect(raw.reverse).toEqual(reverse.map((item: number) => `q${item}`))
      const ends = scores.flatMap((score) => [score.min, score.max])
      for (const end of Array.isArray(fact['range']) ? numbersIn(fact['range']) : []) expect(ends).toContain(end)
      const change = fact['reliableChange'] as { nhs?: number; unrounded?: number; points?: number; individual?: number } | undefined
      const thresholds = scores.flatMap((score) => score.reliableChange)
      for (const points of [change?.nhs, change?.points, change?.individual])
        if (points !== undefined)
          expect(
            thresholds.some((own) => own.points === points || own.unrounded === points),
            String(points),
          ).toBe(true)
      if (change?.unrounded !== undefined) expect(thresholds.map((own) => own.unrounded)).toContain(change.unrounded)
      for (const threshold of thresholds) expect(threshold.source).not.toBe('')
      // A number of the list that the structure has no place for is still in the file.
      for (const [name, value] of Object.entries(fact))
        if (!structured.includes(name)) for (const number of numbersIn(value)) expect(text, `${name} ${number}`).toContain(String(number))
      const fromMemory = (name: string) => /recall/.test(String(fact[name] ?? ''))
      if (fromMemory('bands') && scores.some((score) => score.bandTable !== undefined))
        expect(scores.flatMap((score) => score.bandTable?.confidence ?? [])).toContain('recall')
      if (fromMemory('missing')) expect(scores.map((score) => score.missing.confidence)).toContain('recall')
      if (fromMemory('cutoff') && scores.some((score) => score.caseness !== undefined))
        expect(scores.flatMap((score) => score.caseness?.confidence ?? [])).toContain('recall')
    })
  }
})
