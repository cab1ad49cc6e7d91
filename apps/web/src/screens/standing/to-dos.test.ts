import { describe, expect, it } from 'vitest'
import { toToDos } from './to-dos.ts'

const item = (gate: string, met: boolean) => ({ gate, met, sentence: `About ${gate}.` })
const standing = (...items: ReturnType<typeof item>[]) => ({ ready: items.every(({ met }) => met), items, prefill: {}, codePattern: null })
const forms = [{ formId: 'practitioner-consent', version: '1', title: 'Practitioner consent', kind: 'practitioner-consent', hash: '' }]

describe('what a practitioner still has to do', () => {
  it('is nothing when every gate is open', () =>
    expect(toToDos(standing(item('consent-live', true), item('training-passed', true)), forms)).toEqual([]))

  it('is to sign once, though three gates wait for the signature', () => {
    const found = toToDos(standing(item('consent-live', false), item('consent-edition', false), item('terms-accepted', false)), forms)
    expect(found).toEqual([
      { gates: ['consent-live', 'consent-edition', 'terms-accepted'], sentences: ['About consent-live.'], path: '/form/practitioner-consent' },
    ])
  })

  it('keeps the order of the gates and names the training’s page', () => {
    const found = toToDos(standing(item('consent-live', true), item('terms-accepted', false), item('training-passed', false)), forms)
    expect(found.map(({ path }) => path)).toEqual(['/form/practitioner-consent', '/training'])
  })

  it('offers no button for what somebody else has to do', () => {
    expect(toToDos(standing(item('service-live', false)), forms)).toEqual([
      { gates: ['service-live'], sentences: ['About service-live.'], path: undefined },
    ])
  })

  it('offers no button to a form that is not on this device', () =>
    expect(toToDos(standing(item('consent-live', false)), [])[0]?.path).toBeUndefined())
})
