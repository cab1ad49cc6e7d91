import { describe, expect, it } from 'vitest'
import { isPassphraseStrong, proposePassphrase, secureRandom } from './passphrase.ts'

describe('a passphrase for the device', () => {
  it.each(['three quiet purple ducks', 'tamo-reku-balif', 'Llanfairpwll9x'])('takes “%s”', (words) => expect(isPassphraseStrong(words)).toBe(true))

  it.each(['', 'short one', 'aaaaaaaaaaaaaaaa', 'abababababababab', '123456789012', 'abcdefghijkl', '            x'])('refuses “%s”', (words) =>
    expect(isPassphraseStrong(words)).toBe(false),
  )

  it('is proposed as five groups that can be read aloud and are strong', () => {
    const proposed = proposePassphrase(secureRandom)
    expect(proposed).toMatch(/^(?:[bdfgklmnprstvz][aeiou]){2}(?:-(?:[bdfgklmnprstvz][aeiou]){2}){4}$/)
    expect(isPassphraseStrong(proposed)).toBe(true)
  })

  it('is never proposed twice in ten thousand', () => {
    const proposed = Array.from({ length: 10_000 }, () => proposePassphrase(secureRandom))
    expect(new Set(proposed).size).toBe(proposed.length)
  })

  it('is drawn from numbers that are spread evenly', () => {
    const counts = new Array<number>(14).fill(0)
    for (let draw = 0; draw < 14_000; draw += 1) counts[secureRandom(14)]! += 1
    // A spread of six standard deviations around 1,000 each.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(185)
  })
})
