import type { PeoplePage, ServiceView } from '@attune/contract'
import { describe, expect, it } from 'vitest'
import { toChecklist } from './checklist.ts'
import { checkNewService, splitDomains, suggestServiceId } from './service-id.ts'

describe('the short name of a new service', () => {
  it.each([
    ['Leeds North', 'leeds-north'],
    ['St Mary’s Children & Families', 'st-marys-children-and-families'],
    ['Gwasanaeth Sir Gâr', 'gwasanaeth-sir-gar'],
    ['  42nd Street ', 'nd-street'],
    ['!!!', ''],
  ])('%s becomes %s', (name, id) => expect(suggestServiceId(name)).toBe(id))
  it('a very long name gives an id that is still allowed', () => {
    const id = suggestServiceId('The very long name of a partnership of several children’s services in the north')
    expect(checkNewService({ name: 'x y', id, pattern: '' }, [])).toEqual([])
  })
})

describe('adding a service', () => {
  const good = { name: 'Leeds North', id: 'leeds-north', pattern: '' }
  it('a good one has no problem', () => expect(checkNewService(good, ['york'])).toEqual([]))
  it('a short name that is in use, or stands for the operator, is refused', () => {
    expect(checkNewService(good, ['leeds-north'])).toEqual([{ field: 'id', code: 'id-taken' }])
    expect(checkNewService({ ...good, id: 'operator' }, [])).toEqual([{ field: 'id', code: 'id-taken' }])
  })
  it('each field says what is wrong with it', () => {
    expect(checkNewService({ name: ' ', id: '9x', pattern: '' }, []).map((problem) => ('code' in problem ? problem.code : ''))).toEqual([
      'name-missing',
      'id-wrong',
    ])
  })
  it('a code pattern that lets a name through is refused with its reason', () => {
    const [problem] = checkNewService({ ...good, pattern: 'AAAA' }, [])
    expect(problem).toMatchObject({ field: 'pattern', says: expect.stringContaining('digit') as string })
  })
})

describe('e-mail domains', () => {
  it('are read out of a line as people write it', () => {
    expect(splitDomains(' @Leeds.example, york.example;york.example ')).toEqual(['leeds.example', 'york.example'])
    expect(splitDomains('  ')).toEqual([])
  })
})

describe('the checklist of a service lead', () => {
  const linkList = { place: 'Client system', keeper: 'Team manager' }
  const service: ServiceView = {
    serviceId: 'york',
    name: 'York',
    formerNames: [],
    status: 'draft',
    codePattern: null,
    emailDomains: [],
    processorTermsOn: null,
    linkList: null,
    dataSupports: 0,
    practitioners: 0,
  }
  const person: PeoplePage['people'][number] = {
    grantId: '00000000-0000-4000-8000-000000000001',
    accountId: '00000000-0000-4000-8000-000000000002',
    displayName: 'Ana Reed',
    email: 'ana@york.example',
    role: 'practitioner',
    serviceId: 'york',
    from: '2026-01-01T00:00:00Z',
    endedAt: null,
    reviewOn: null,
    secondFactor: false,
  }
  it('a new service has everything still to do', () => {
    expect(toChecklist(service, { people: [], more: false, invitations: [] }).map(({ step, done }) => [step, done])).toEqual([
      ['terms', false],
      ['support', false],
      ['practitioners', false],
      ['factors', true],
    ])
  })
  it('before the terms are accepted nobody else can be invited', () => {
    const open = (processorTermsOn: string | null) =>
      toChecklist(
        { ...service, processorTermsOn, linkList: processorTermsOn === null ? null : linkList },
        { people: [], more: false, invitations: [] },
      )
        .filter((item) => item.open)
        .map(({ step }) => step)
    expect(open(null)).toEqual(['terms', 'factors'])
    expect(open('2026-01-02')).toEqual(['terms', 'support', 'practitioners', 'factors'])
  })
  it('people without a second step are counted; people whose role ended are not', () => {
    const people = [person, { ...person, endedAt: '2026-02-01T00:00:00Z' }, { ...person, secondFactor: true }]
    const steps = toChecklist({ ...service, processorTermsOn: '2026-01-02', linkList, practitioners: 2 }, { people, more: false, invitations: [] })
    expect(steps.find(({ step }) => step === 'factors')).toEqual({ step: 'factors', done: false, open: true, count: 1 })
    expect(steps.filter(({ done }) => done).map(({ step }) => step)).toEqual(['terms', 'practitioners'])
  })
})
