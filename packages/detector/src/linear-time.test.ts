// The worst case grows with the length of the text and with nothing else. Counted in looks at tokens, not in milliseconds.
import { expect, it } from 'vitest'
import { hostilePieces, hostileText } from '../test/hostile.ts'
import { detectIn, readText } from './detect.ts'
import { getLexicon } from './lexicon/lexicon.ts'

function looksAt(text: string): { looks: number; tokens: number } {
  const reading = readText(getLexicon(), text)
  let looks = 0
  const counted = new Proxy(reading.tokens, {
    get(tokens, key, receiver) {
      if (typeof key === 'string' && /^-?\d+$/.test(key)) looks += 1
      return Reflect.get(tokens, key, receiver)
    },
  })
  detectIn({ ...reading, tokens: counted })
  return { looks, tokens: reading.tokens.length }
}

it.each(hostilePieces.map((piece) => [JSON.stringify(piece), piece]))('%s repeated: twice the text, twice the looks', (_, piece) => {
  const [once, twice] = [looksAt(hostileText(piece, 1200)), looksAt(hostileText(piece, 2400))]
  expect(twice.looks).toBeLessThanOrEqual(once.looks * 2.2 + 400)
  expect(twice.looks).toBeLessThanOrEqual((twice.tokens + 1) * 500)
})

it('a text is read into tokens without overlap and without loss of anything but blanks', () => {
  for (const piece of hostilePieces) {
    const text = hostileText(piece, 300)
    let at = 0
    for (const token of readText(getLexicon(), text).tokens) {
      expect(token.start).toBeGreaterThanOrEqual(at)
      expect(text.slice(at, token.start).trim()).toBe('')
      expect(text.slice(token.start, token.end)).toBe(token.text)
      at = token.end
    }
    expect(text.slice(at).trim()).toBe('')
  }
})
