import { describe, expect, it } from 'vitest'
import { detect } from '../detect.ts'

const people = (text: string) =>
  detect(text)
    .filter(({ type }) => type === 'PERSON')
    .map(({ start, end }) => text.slice(start, end))

describe('a name that is a word, without its capital', () => {
  it.each([
    ['the baby, hope, turned to the voice', 'hope'],
    ['her worker, angel, is leaving', 'angel'],
    ['dr bell wrote to us again', 'bell'],
    ['could you let grace know?', 'grace'],
    ['told daisy the plan', 'daisy'],
    ['feedback given to comfort, who cried', 'comfort'],
    ['robin and his sister enjoyed it', 'robin'],
    ['please could poppy be seen soon', 'poppy'],
    ['clip shows hazel reaching for the cup', 'hazel'],
    ['ivy is five and likes trains', 'ivy'],
    ['mum left because jay was at work', 'jay'],
    ['met with holly and the school', 'holly'],
    ['gran wants lily to stay with her', 'lily'],
    ['every time rose cried, he looked at the door', 'rose'],
    ["we looked at hunter's cues", 'hunter'],
  ])('is seen where only somebody can stand: %s', (text, name) => {
    expect(people(text).some((found) => found.includes(name))).toBe(true)
  })

  it.each([
    'she felt joy watching him play',
    'there is hope, and there is time',
    'a lot of patience is needed',
    'we watched the sky turning grey',
    'the rose was at home in the pot',
    'he wants peace to think',
    'i told him that grace is a gift',
    'proud of the progress',
    'faith in her own ideas grew',
    'the spring term and his next steps',
    'they may be seen in june',
    'she will be five in may',
  ])('is left alone where it is a word: %s', (text) => expect(people(text)).toEqual([]))
})
