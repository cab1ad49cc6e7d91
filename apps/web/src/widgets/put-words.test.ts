import { describe, expect, it } from 'vitest'
import { putWords } from './put-words.ts'

const instead = (text: string, found: string, words: string): string => {
  const start = text.indexOf(found)
  return putWords(text, { start, end: start + found.length }, words).text
}

describe('words put in the place of a name', () => {
  it('begin with a capital where a sentence begins', () => {
    expect(instead('Ama rang.', 'Ama', 'the client')).toBe('The client rang.')
    expect(instead('It went well. Kofi laughed.', 'Kofi', 'the child')).toBe('It went well. The child laughed.')
    expect(instead('He said “no.” Kofi left', 'Kofi', 'the child')).toBe('He said “no.” The child left')
    expect(instead('Notes\n Kofi left', 'Kofi', 'the child')).toBe('Notes\n The child left')
  })

  it('stay as they are inside a sentence, and in notes without capitals', () => {
    expect(instead('Then Ama rang.', 'Ama', 'the client')).toBe('Then the client rang.')
    expect(instead('ama rang. kofi left', 'ama', 'the client')).toBe('the client rang. kofi left')
  })

  it('say by how much everything behind has moved', () => {
    expect(putWords('Ama rang', { start: 0, end: 3 }, 'the client').grown).toBe(7)
    expect(putWords('Ama rang', { start: 0, end: 3 }, 'x').grown).toBe(-2)
  })
})
