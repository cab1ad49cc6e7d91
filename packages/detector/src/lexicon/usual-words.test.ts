import { expect, it } from 'vitest'
import { detect } from '../detect.ts'
import { slipOf } from './usual-words.ts'

it.each([
  ['siad', 'swapped'],
  ['agian', 'swapped'],
  ['shcool', 'swapped'],
  ['picutre', 'swapped'],
  ['happpened', 'other'],
  ['watchd', 'other'],
  ['said', undefined],
  ['amina', undefined],
  ['teh', undefined],
  ['sxxid', undefined],
] as const)('%s: %s', (word, slip) => expect(slipOf(word)).toBe(slip))

it.each([
  'Mum siad she fels better wehn he sings',
  'Shcool rang agian about the libary',
  'He wiats and lieks the blokcs',
  'Thsi was a lvoely momnet',
])('a slip of the pen is nobody: %s', (text) => expect(detect(text)).toEqual([]))

it('a name that is misspelt stays found', () => {
  for (const name of ['Hamsih', 'Siobahn', 'Geroge', 'Agnieska']) expect(detect(`We filmed ${name} at home.`)).toHaveLength(1)
})
