// Scoring beside the plain addition of the same numbers.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { parseScale, scoreMeasure } from '@attune/measures'
import type { Figure } from '../bench.ts'

const scalesFolder = path.resolve(import.meta.dirname, '../../packages/measures/scales')

export async function measureMeasures(): Promise<Figure[]> {
  const read = parseScale(parse(readFileSync(path.join(scalesFolder, 'phq-9.yaml'), 'utf8')))
  if (!('scale' in read)) throw new Error('phq-9.yaml does not parse')
  const { scale } = read
  const answers = Array.from({ length: 64 }, (_, round) => Object.fromEntries(scale.items.map((item, at) => [item.code, (round + at) % 4])))
  const count = 300_000
  let sum = 0
  for (let warm = 0; warm < 20_000; warm++) scoreMeasure(scale, answers[warm % 64] ?? {})
  const began = performance.now()
  for (let round = 0; round < count; round++) if (scoreMeasure(scale, answers[round % 64] ?? {}).refused === undefined) sum++
  const ours = count / ((performance.now() - began) / 1000)
  const beganPlain = performance.now()
  for (let round = 0; round < count; round++) for (const value of Object.values(answers[round % 64] ?? {})) sum += value
  const plain = count / ((performance.now() - beganPlain) / 1000)
  return [
    {
      name: 'PHQ-9 responses scored a second',
      value: `${(ours / 1000).toFixed(0)} k/s`,
      beside: `goal 200 k/s; adding up the nine numbers alone ${(plain / 1000).toFixed(0)} k/s (${sum > 0 ? 'one core' : ''})`,
    },
  ]
}
