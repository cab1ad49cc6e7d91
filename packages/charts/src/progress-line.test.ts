import { JSDOM } from 'jsdom'
import { describe, expect, it } from 'vitest'
import { progressLine, type ProgressLineInput } from './index.ts'

const parser = new new JSDOM('').window.DOMParser()
const words = {
  before: 'before',
  now: 'now',
  both: 'before and now',
  better: 'better',
  wobble: 'usual wobble',
  when: 'When',
  score: 'Score',
  none: 'not rated',
}
const frame = { idPrefix: 'c', title: 'A card', width: 320, sentence: 'Better by 4 points.', words }
const draw = (more: Partial<ProgressLineInput> & Pick<ProgressLineInput, 'points'>) => {
  const chart = progressLine({ ...frame, min: 0, max: 10, direction: 'higher', ...more })
  return { chart, svg: parser.parseFromString(chart.svg, 'image/svg+xml') as unknown as Document }
}
const points = (...scores: (number | null)[]) => scores.map((score, at) => ({ label: `session ${at + 1}`, score }))
const markers = (svg: Document) => [...svg.querySelectorAll('circle')].map((circle) => Number(circle.getAttribute('cx')))
const says = (svg: Document) => [...svg.querySelectorAll('text')].map((text) => text.textContent)

describe('the line of one goal or score', () => {
  it('has better on the right, whichever way the questionnaire counts', () => {
    const up = markers(draw({ points: points(3, 7) }).svg)
    const down = markers(draw({ points: points(7, 3), direction: 'lower' }).svg)
    expect(up[1]).toBeGreaterThan(up[0]!)
    expect(down).toEqual(up)
  })

  it('shows the sessions between as small marks and the last one on top', () => {
    const { svg } = draw({ points: points(3, 5, null, 8) })
    const radii = [...svg.querySelectorAll('circle')].map((circle) => Number(circle.getAttribute('r')))
    expect(radii).toEqual([4.5, 9, 10.5])
    expect(says(svg)).toEqual(expect.arrayContaining(['before 3', 'now 8', '0', '10', 'better →']))
  })

  it('draws the band of usual wobble around the start, inside the scale, and none where it is not known', () => {
    const band = (svg: Document) => [...svg.querySelectorAll('rect')].map((rect) => Number(rect.getAttribute('width')))
    const scale = 320 - 2 * 26
    expect(band(draw({ points: points(5, 6), wobble: 3 }).svg)[0]).toBeCloseTo(scale * 0.6, 1)
    expect(band(draw({ points: points(1, 6), wobble: 3 }).svg)[0]).toBeCloseTo(scale * 0.4, 1)
    expect(band(draw({ points: points(1, 6) }).svg)).toEqual([])
  })

  it('keeps its words apart and inside the picture', () => {
    for (const [first, last] of [
      [0, 0.2],
      [9.8, 10],
      [5, 5.1],
      [10, 0],
    ]) {
      const places = [...draw({ points: points(first!, last!) }).svg.querySelectorAll('text')]
        .filter((text) => text.getAttribute('font-size') === '15')
        .map((text) => Number(text.getAttribute('x')))
        .sort((a, b) => a - b)
      expect(places[1]! - places[0]!).toBeGreaterThan(50)
      expect(places[0]).toBeGreaterThan(20)
      expect(places[1]).toBeLessThan(300)
    }
  })

  it('says the same in words: a sentence, a table, one mark for a score that did not move', () => {
    const { chart, svg } = draw({ points: points(4, null, 4) })
    expect(chart.description).toBe('Better by 4 points.')
    expect(chart.table.rows).toEqual([
      ['session 1', '4'],
      ['session 2', 'not rated'],
      ['session 3', '4'],
    ])
    expect(says(svg)).toContain('before and now 4')
    expect(says(draw({ points: points(4) }).svg)).toContain('before 4')
    expect(says(draw({ points: points(null) }).svg)).toEqual(['0', '10', 'better →'])
  })
})
