import { describe, expect, it } from 'vitest'
import { findFormLanguage, formLanguageName, formLanguageTag } from './form-language.ts'

describe('languages of a form', () => {
  it('carry their tag in brackets, and are named without it', () => {
    expect([formLanguageTag('Cymraeg (cy)'), formLanguageTag('English (en-GB)'), formLanguageTag('cy'), formLanguageTag('default')]).toEqual([
      'cy',
      'en-GB',
      'cy',
      undefined,
    ])
    expect(formLanguageName('Cymraeg (cy)')).toBe('Cymraeg')
  })

  it('the one that goes with the interface is found', () => {
    expect(findFormLanguage(['English (en)', 'Cymraeg (cy)'], 'cy')).toBe('Cymraeg (cy)')
    expect(findFormLanguage(['Français (fr)'], 'cy')).toBeUndefined()
  })
})
