import { expect, it } from 'vitest'
import { checkProposal } from './check-proposal.ts'

it('a proposal needs every part, and a review of a word or two is none', () => {
  const long = 'A sentence that says it.'
  const whole = { serviceId: 'north', scaleId: 'cprs', domain: 'wellbeing', purposes: ['report'], whom: long, fit: long, licence: long, need: long }
  expect(checkProposal(whole)).toEqual([])
  expect(checkProposal({ ...whole, fit: 'Well.', need: '              ' })).toEqual(['fit', 'need'])
  expect(checkProposal({ serviceId: '', scaleId: '', domain: '', purposes: [], whom: '', fit: '', licence: '', need: '' })).toHaveLength(8)
})
