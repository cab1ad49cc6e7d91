import type { PersonView } from '@attune/contract'
import { describe, expect, it } from 'vitest'
import { isRoleOfService, isEndableBy, rolesToGive } from './invitable.ts'
import { listInvitations, listPeople } from './list-people.ts'

function person(change: Partial<PersonView>): PersonView {
  return {
    grantId: '00000000-0000-4000-8000-000000000001',
    accountId: 'a',
    displayName: 'Ana Reed',
    email: 'ana@york.example',
    role: 'practitioner',
    serviceId: 'york',
    from: '2026-01-01T00:00:00Z',
    endedAt: null,
    reviewOn: null,
    secondFactor: true,
    ...change,
  }
}

describe('who may invite whom', () => {
  it('a service lead invites practitioners, nobody else', () => expect(rolesToGive('service-lead')).toEqual(['practitioner']))
  it('an administrator invites to every role', () => expect(rolesToGive('administrator')).toContain('auditor'))
  it('others invite nobody', () => {
    for (const role of ['practitioner', 'data-support', 'auditor', 'analyst', undefined] as const) expect(rolesToGive(role)).toEqual([])
  })
  it('only roles of a service ask for one', () => {
    expect(isRoleOfService('data-support')).toBe(true)
    expect(isRoleOfService('analyst')).toBe(false)
  })
})

describe('who may end a role', () => {
  it('nobody ends their own', () =>
    expect(isEndableBy({ role: 'administrator', accountId: 'a' }, { role: 'administrator', accountId: 'a' })).toBe(false))
  it('a service lead ends a practitioner and data support, not another lead', () => {
    expect(isEndableBy({ role: 'service-lead', accountId: 'b' }, person({ role: 'data-support' }))).toBe(true)
    expect(isEndableBy({ role: 'service-lead', accountId: 'b' }, person({}))).toBe(true)
    expect(isEndableBy({ role: 'service-lead', accountId: 'b' }, person({ role: 'service-lead' }))).toBe(false)
  })
})

describe('the list of people', () => {
  const lead = person({ displayName: 'Zoe Lead', role: 'service-lead', accountId: 'z' })
  const ben = person({ displayName: 'ben Lowe', email: 'ben@leeds.example', serviceId: 'leeds', accountId: 'b' })
  const gone = person({ displayName: 'Old Hand', endedAt: '2026-03-01T00:00:00Z', accountId: 'o' })
  const people = [lead, ben, gone, person({})]
  it('by role, then by name; ended roles apart', () => {
    expect(listPeople(people, { words: '', serviceId: '', ended: false }).map((row) => row.displayName)).toEqual(['Ana Reed', 'ben Lowe', 'Zoe Lead'])
    expect(listPeople(people, { words: '', serviceId: '', ended: true })).toEqual([gone])
  })
  it('open invitations follow the same search', () => {
    const open = [
      { email: 'New@York.example', serviceId: 'york' },
      { email: 'other@leeds.example', serviceId: 'leeds' },
    ]
    expect(listInvitations(open, { words: 'york', serviceId: '' })).toEqual([open[0]])
    expect(listInvitations(open, { words: '', serviceId: 'leeds' })).toEqual([open[1]])
  })
  it('found by part of a name or an address', () => {
    expect(listPeople(people, { words: 'LEEDS.ex', serviceId: '', ended: false })).toEqual([ben])
    expect(listPeople(people, { words: 'zoe', serviceId: 'leeds', ended: false })).toEqual([])
  })
})
