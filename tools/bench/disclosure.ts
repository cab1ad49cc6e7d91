import { attackReleases } from '../attack/attack-releases.ts'
import type { Figure } from '../bench.ts'

const pairs = 10_000

export function measureDisclosure(): Promise<Figure[]> {
  const began = performance.now()
  const [guarded, bare] = [true, false].map((isGuarded) => attackReleases({ pairs, seed: 20_261_128, guarded: isGuarded }))
  return Promise.resolve([
    {
      name: `people recovered from ${pairs.toLocaleString('en')} random pairs of releases`,
      value: String(guarded?.recovered),
      beside: `goal 0; ${bare?.recovered} where only small numbers are hidden; ${((performance.now() - began) / 1000).toFixed(0)} s`,
    },
  ])
}
