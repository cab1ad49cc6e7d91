import { describe, expect, it } from 'vitest'
import { trustedRules } from './trusted-types.ts'

const rules = trustedRules('https://attune.example.org')

describe('what may become markup or script', () => {
  it('is XML for a parser that runs nothing, and a lone character entity', () => {
    expect(rules.createHTML('<data/>', 'TrustedHTML', 'DOMParser parseFromString')).toBe('<data/>')
    expect(rules.createHTML('&eacute;', 'TrustedHTML', 'Element innerHTML')).toBe('&eacute;')
  })

  it.each(['<b>bold</b>', '<img src=x onerror=alert(1)>', '&lt;<script>', '&eacute; ', ''])('is never %s', (text) => {
    expect(() => rules.createHTML(text, 'TrustedHTML', 'Element innerHTML')).toThrow(TypeError)
  })

  it('comes from this origin', () => {
    expect(rules.createScriptURL('/service-worker.js')).toBe('https://attune.example.org/service-worker.js')
    for (const address of [
      'https://elsewhere.example/x.js',
      '//elsewhere.example/x.js',
      'data:text/javascript,1',
      'blob:https://elsewhere.example/1',
    ])
      expect(() => rules.createScriptURL(address)).toThrow(TypeError)
  })
})
