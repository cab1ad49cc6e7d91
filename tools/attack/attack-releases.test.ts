import { describe, expect, it } from 'vitest'
import { attackReleases } from './attack-releases.ts'

describe('an attacker who subtracts releases from one another', () => {
  it('DCS-120: recovers nobody from thousands of random pairs of cuts, although people came late and people were erased between', () => {
    const attack = attackReleases({ pairs: 4_000, seed: 20_261_127, guarded: true })
    expect(attack).toMatchObject({ pairs: 4_000, recovered: 0 })
    // Rules that release nothing would be safe as well.
    expect(attack.released).toBeGreaterThan(attack.asked / 4)
  }, 60_000)

  it('would recover people in many pairs if only small numbers were hidden', () => {
    expect(attackReleases({ pairs: 4_000, seed: 20_261_127, guarded: false }).recovered).toBeGreaterThan(50)
  }, 60_000)
})
