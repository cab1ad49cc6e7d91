import { describe, expect, it } from 'vitest'
import { compareNarratives, toSections, type AnswerLine } from './answer-sections.ts'

const line = (name: string, section: string, value: string): AnswerLine => ({ name, label: `Question ${name}`, section, value, kind: 'text' })

describe('a record by sections', () => {
  it('answers stay in the order of the form, section by section', () => {
    const sections = toSections([line('a', 'The child', '1'), line('b', 'The child', '2'), line('c', 'Goals', '3')])
    expect(sections.map(({ title, lines }) => [title, lines.map(({ name }) => name)])).toEqual([
      ['The child', ['a', 'b']],
      ['Goals', ['c']],
    ])
  })
  it('a record with no answers has no sections', () => expect(toSections([])).toEqual([]))
})

describe('words of several sessions side by side', () => {
  it('both narrative questions stand side by side, session by session', () => {
    const first = {
      answers: [
        line('narrative_child', 'In words', 'Shy and quiet'),
        line('narrative_relationship', 'In words', 'Often tense'),
        line('goal_1', 'Goals', 'Play more'),
      ],
    }
    const later = { answers: [line('narrative_child', 'In words', 'Laughs more')] }
    expect(compareNarratives([first, later])).toEqual([
      { name: 'narrative_child', label: 'Question narrative_child', words: ['Shy and quiet', 'Laughs more'] },
      { name: 'narrative_relationship', label: 'Question narrative_relationship', words: ['Often tense', ''] },
    ])
  })
})
