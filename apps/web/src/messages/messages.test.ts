import { describe, expect, it } from 'vitest'
import { newDevice } from '../device.fixture.ts'

newDevice()
const { english } = await import('./en.ts')
const { welsh } = await import('./cy.ts')
const { nameByPolicy, say, useLanguage } = await import('./index.ts')

// The same in both languages: a name, or nothing but what is filled in.
const sameInBoth = ['shell.title', 'shell.actingAs']
const sameWord = [
  'backups.keeperAws',
  'backups.keeperVault',
  'shell.demo',
  'download.sav',
  'people.operator',
  'log.title',
  'log.nav',
  'consents.signature.removed',
]

describe('the words of the interface', () => {
  it('are all there in Welsh', () => {
    expect(Object.keys(english).filter((key) => !(key in welsh) && !sameInBoth.includes(key))).toEqual([])
  })

  it('have no Welsh message that English does not have', () => {
    expect(Object.keys(welsh).filter((key) => !(key in english))).toEqual([])
  })

  it('are filled in the same way in both languages', () => {
    const filled = Object.entries(welsh).filter(([, message]) => typeof message === 'function')
    expect(filled.length).toBeGreaterThan(10)
    for (const [key, message] of filled) expect([key, typeof english[key as keyof typeof english]]).toEqual([key, typeof message])
  })

  it('turn to Welsh and back', async () => {
    await useLanguage('cy')
    expect(say('home.start')).toBe('Dechrau sesiwn')
    expect(say('drafts.daysLeft', { days: 2 })).toBe('2 ddiwrnod ar ôl')
    expect(say('join.title')).toBe('Croeso i Attune')
    expect(document.documentElement.lang).toBe('cy')
    await useLanguage('en')
    expect(say('home.start')).toBe('Start a session')
  })

  it('are Welsh and not English left standing', () => {
    const inEnglish: { readonly [key: string]: unknown } = english
    const alike = Object.entries(welsh).filter(([key, message]) => typeof message === 'string' && message === inEnglish[key])
    // Names, marks of measurement and words that both languages have.
    expect(alike.map(([key]) => key).filter((key) => !sameWord.includes(key))).toEqual([])
  })

  it('DCS-002: name no organisation of their own; the operator of the policy stands where one is meant, in both languages', async () => {
    const written = [...Object.values(english), ...Object.values(welsh)].map(String).join('\n')
    expect(written).not.toMatch(/AVIG/i)
    expect(say('people.operator')).toBe(say('shell.operator'))
    nameByPolicy({ operator: 'Northern Video Trust', nomineesPerService: 2 })
    expect(say('standing.notYours')).toBe('Your service lead or Northern Video Trust has to do this.')
    expect(say('lostCode.waiting', { day: '3 June' })).toContain('From 3 June on Northern Video Trust looks too')
    await useLanguage('cy')
    expect(say('people.operator')).toBe('Northern Video Trust')
    expect(say('service.term5')).toContain('Northern Video Trust')
    await useLanguage('en')
  })

  it('say as many people as the policy lets see the records of a service', async () => {
    const saying = (nomineesPerService: number) => (nameByPolicy({ operator: 'Northern Video Trust', nomineesPerService }), say('people.two'))
    expect([1, 2, 4].map((count) => /^At most (.*?) of a service/.exec(saying(count))?.[1])).toEqual(['one person', 'two people', '4 people'])
    const written = [...Object.values(english), ...Object.values(welsh)].map(String).join('\n')
    expect(written).not.toMatch(/at most two people|(?:of|o) 2 /i)
  })

  it('never speak of a form as a machine would', () => {
    const words = Object.values(english)
      .filter((message) => typeof message === 'string')
      .join(' ')
    expect(words).not.toMatch(/\b(?:instance|entity|submission|payload|null|undefined|error code)\b/i)
  })
})
