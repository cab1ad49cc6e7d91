import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findRule, may, type AccessContext, type Actor } from './access.ts'
import { actWords, acts, isAct, isSecondFactorNeeded } from './act.ts'
import { roles } from './role.ts'
import { smallPolicy } from '../test/small-policy.ts'

const nominee: Actor = { role: 'data-support', serviceId: 'a', secondFactor: true }
const practitioner: Actor = { role: 'practitioner', serviceId: 'a', secondFactor: true }
const administrator: Actor = { role: 'administrator', secondFactor: true }
const because = (actor: Actor, act: (typeof acts)[number], context?: AccessContext) => {
  const decision = may(smallPolicy, actor, act, context)
  return decision.allowed ? 'allowed' : decision.because
}

describe('access', () => {
  it('is refused for every role and every act without a rule', () => {
    const bare = { ...smallPolicy, roleRules: [] }
    const open = roles.flatMap((role) => acts.filter((act) => may(bare, { role, serviceId: 'a', secondFactor: true }, act, { own: true }).allowed))
    expect(open).toEqual([])
  })

  it('a role reaches the acts of its own rules and no others', () => {
    const reached = acts.filter((act) => may(smallPolicy, practitioner, act, { own: true }).allowed)
    expect(reached).toEqual(['record.submit', 'consent.read-own', 'policy.read'])
  })

  it('needs a second factor for everything that shows or changes data', () => {
    expect(because({ ...nominee, secondFactor: false }, 'record.list', { purpose: 'retrieve' })).toBe('second-factor-missing')
    expect(because({ ...practitioner, secondFactor: false }, 'policy.read')).toBe('allowed')
    expect(acts.filter((act) => act.startsWith('record.') && !isSecondFactorNeeded(act))).toEqual([])
  })

  it('of another service is refused, and a person of no service has no rows', () => {
    expect(because(nominee, 'record.list', { purpose: 'retrieve', serviceId: 'b' })).toBe('service-not-yours')
    expect(because(nominee, 'record.list', { purpose: 'retrieve', serviceId: 'a' })).toBe('allowed')
    expect(because({ role: 'data-support', secondFactor: true }, 'record.list', { purpose: 'retrieve' })).toBe('service-missing')
  })

  it('needs a purpose of the policy that is open to the role and covers the act', () => {
    expect(because(nominee, 'record.list')).toBe('purpose-missing')
    expect(because(nominee, 'record.list', { purpose: 'marketing' })).toBe('purpose-unknown')
    expect(because(nominee, 'record.list', { purpose: 'correct' })).toBe('purpose-not-yours')
    expect(because(nominee, 'record.list', { purpose: 'download' })).toBe('purpose-not-for-this')
    expect(because({ role: 'analyst', secondFactor: true }, 'report.national', { purpose: 'marketing' })).toBe('purpose-unknown')
    expect(because({ role: 'analyst', secondFactor: true }, 'report.national', { purpose: 'correct' })).toBe('purpose-not-yours')
  })

  it('to correct needs a linked request, with and without a purpose', () => {
    expect(because(administrator, 'record.correct', { purpose: 'correct' })).toBe('request-missing')
    expect(because(administrator, 'record.correct', { purpose: 'correct', request: 'R-1' })).toBe('allowed')
    expect(because(administrator, 'record.restrict')).toBe('request-missing')
    expect(because(administrator, 'record.restrict', { request: 'R-1' })).toBe('allowed')
  })

  it('to publish needs a second person who is somebody else', () => {
    expect(because(administrator, 'form.publish')).toBe('second-person-missing')
    expect(because(administrator, 'form.publish', { approval: { askedBy: 'p1', agreedBy: 'p1' } })).toBe('second-person-same')
    expect(because(administrator, 'form.publish', { approval: { askedBy: 'p1', agreedBy: 'p2' } })).toBe('allowed')
  })

  it('to one’s own things does not reach those of others', () => {
    expect(because(practitioner, 'consent.read-own')).toBe('not-your-own')
    expect(because(practitioner, 'consent.read-own', { own: true })).toBe('allowed')
  })

  it('an act that nobody knows is refused, also when it is called like something built in', () => {
    for (const word of ['record.steal', 'constructor', '__proto__', '']) {
      expect(isAct(word)).toBe(false)
      expect(because(administrator, word as never)).toBe('act-unknown')
    }
  })

  it('every refusal says so in a sentence that ends properly and names no service', () => {
    for (const role of roles) {
      for (const act of acts) {
        const decision = may(smallPolicy, { role, serviceId: 'service-of-somebody', secondFactor: false }, act, { serviceId: 'some-other-one' })
        if (!decision.allowed) expect(decision.sentence).toMatch(/^[A-Z].*\.$/)
        if (!decision.allowed) expect(decision.sentence).not.toMatch(/service-of-somebody|some-other-one/)
      }
    }
  })

  it('every act has words that fit into a sentence, and every rule is found by its role and act', () => {
    for (const act of acts) expect(actWords[act]).toMatch(/^[a-z]/)
    for (const rule of smallPolicy.roleRules) expect(findRule(smallPolicy, rule.role, rule.act)).toBe(rule)
  })

  it('never widens when a rule is taken away or the second factor is missing', () => {
    const context = fc.record(
      {
        purpose: fc.constantFrom('retrieve', 'download', 'correct', 'other'),
        serviceId: fc.constantFrom('a', 'b'),
        own: fc.boolean(),
        request: fc.constantFrom('R-1'),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...roles),
        fc.constantFrom(...acts),
        context,
        fc.nat(smallPolicy.roleRules.length - 1),
        (role, act, asked, gone) => {
          const actor: Actor = { role, serviceId: 'a', secondFactor: true }
          const fewer = { ...smallPolicy, roleRules: smallPolicy.roleRules.filter((_, at) => at !== gone) }
          const before = may(smallPolicy, actor, act, asked).allowed
          expect(may(fewer, actor, act, asked).allowed && !before).toBe(false)
          expect(may(smallPolicy, { ...actor, secondFactor: false }, act, asked).allowed && !before).toBe(false)
        },
      ),
      { seed: 20_250_601, numRuns: 2000 },
    )
  })
})
