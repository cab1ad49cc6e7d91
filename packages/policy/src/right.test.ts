import { describe, expect, it } from 'vitest'
import { article6Bases, controllersOf, getContact } from './policy.ts'
import { privacyNotice, recordOfProcessing } from './documents/index.ts'
import { checkPurpose } from './purpose.ts'
import { mayKeepIn } from './region.ts'
import { findRight, mayUseRight, rightTypes } from './right.ts'
import { smallPolicy } from '../test/small-policy.ts'
import { scoreTraining, withoutAnswers } from './training.ts'
import { isValueName, valueRules, withValues } from './values.ts'

describe('a right', () => {
  // Rows are rights, columns the bases on which the answer is yes (UK GDPR Articles 7(3), 17(3), 20(1), 21(1)).
  it.each([
    ['access', [...article6Bases]],
    ['rectify', [...article6Bases]],
    ['restrict', [...article6Bases]],
    ['pause', [...article6Bases]],
    ['not-automated', [...article6Bases]],
    ['complain', [...article6Bases]],
    ['object', ['public-task', 'recognised-legitimate-interest', 'legitimate-interest']],
    ['port', ['consent', 'contract']],
    ['delete', ['consent', 'contract', 'vital-interests', 'recognised-legitimate-interest', 'legitimate-interest']],
    ['withdraw', ['consent']],
  ] as const)('to %s applies on exactly the bases that the law names', (type, bases) => {
    expect(article6Bases.filter((basis) => mayUseRight(type, basis).allowed)).toEqual(bases)
  })

  it('that does not apply says which one to use instead', () => {
    for (const type of rightTypes) {
      for (const basis of article6Bases) {
        const decision = mayUseRight(type, basis)
        if (!decision.allowed) expect(decision.sentence).toMatch(/^[A-Z].*\.$/)
      }
    }
    expect(mayUseRight('object', 'consent')).toMatchObject({ because: 'right-object-is-withdrawal' })
  })

  it('is found by its type', () => {
    expect(findRight(smallPolicy.rights, 'delete')?.clock).toBe('deletion')
    expect(findRight(smallPolicy.rights, 'port')).toBeUndefined()
  })
})

describe('a purpose', () => {
  it('is printed with its basis and with those that it rested on before, each with its last day', () => {
    const printed = JSON.stringify(recordOfProcessing(smallPolicy))
    expect(printed).toContain(
      'a legitimate interest (UK GDPR Article 6(1)(f)); until 31 March 2026: consent (UK GDPR Article 6(1)(a)) and explicit consent',
    )
    expect(JSON.stringify(privacyNotice(smallPolicy))).toContain('until 31 March 2026: consent')
  })

  it('is open to its own roles, and to a request where it serves one', () => {
    expect(checkPurpose(smallPolicy, 'data-support', 'retrieve')).toEqual({ allowed: true })
    expect(checkPurpose(smallPolicy, 'analyst', 'retrieve')).toMatchObject({ because: 'purpose-not-yours' })
    expect(checkPurpose(smallPolicy, 'administrator', 'correct')).toMatchObject({ because: 'request-missing' })
  })
})

describe('a region', () => {
  it('outside the list stops the server, and the refusal names the rule', () => {
    expect(mayKeepIn(smallPolicy, 'eu-west-1')).toEqual({ allowed: true })
    expect(mayKeepIn(smallPolicy, 'us-east-1')).toMatchObject({ because: 'region-not-allowed', sentence: expect.stringContaining('"regions"') })
  })
})

describe('the training', () => {
  const right = { a: 'yes', b: 'yes', c: 'yes', d: 'yes', e: 'yes' }

  it('is passed only when every unit is', () => {
    expect(scoreTraining(smallPolicy.training, right).passed).toBe(true)
    expect(scoreTraining(smallPolicy.training, { ...right, d: 'no' }).passed).toBe(true)
    expect(scoreTraining(smallPolicy.training, { ...right, c: 'no', d: 'no' })).toMatchObject({
      passed: false,
      units: [
        { id: 'one', passed: false, wrong: ['c', 'd'] },
        { id: 'two', passed: true },
      ],
    })
    expect(scoreTraining(smallPolicy.training, { a: 'yes', b: 'yes', c: 'yes', d: 'yes' }).passed).toBe(false)
    expect(scoreTraining({ ...smallPolicy.training, units: [] }, right).passed).toBe(false)
  })

  it('goes to the device without its answers', () => {
    const text = JSON.stringify(withoutAnswers(smallPolicy.training))
    expect(text).toContain('passPercent')
    expect(text).not.toMatch(/"right"|"because"|So\./)
  })
})

describe('the values of a policy', () => {
  it('each lies within its own limits, has words, and carries its unit in its name', () => {
    for (const rule of valueRules) {
      expect(rule.least <= rule.usual && rule.usual <= rule.most).toBe(true)
      expect(rule.meaning).not.toBe('')
      expect(rule.name).toMatch(/Days$|Months$|Hours$|Percent$|Maximum$|Minimum$|Count$|CountVulnerable$|To$|Kept$|Symbols$/)
    }
  })

  it('are the usual ones unless the policy says otherwise', () => {
    expect(withValues({ draftKeepDays: 7 })).toMatchObject({ draftKeepDays: 7, deletionWorkingDays: 14 })
    expect(isValueName('constructor')).toBe(false)
  })
})

describe('the contact and the controller', () => {
  it('are found, and a policy without its contact is a mistake of the reader', () => {
    expect(getContact(smallPolicy).email).toBe('desk@example.org')
    expect(controllersOf(smallPolicy).map((party) => party.name)).toEqual(['Test House'])
    expect(() => getContact({ ...smallPolicy, contact: 'nobody' })).toThrow('nobody')
  })
})
