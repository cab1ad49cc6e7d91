import { describe, expect, it } from 'vitest'
import { findExclusiveChoice, toChoiceLayout } from './choice-layout.ts'
import { findTextLimit } from './text-limit.ts'

describe('what a form’s columns ask of the screen', () => {
  it('appearances lay out choices', () => {
    expect(toChoiceLayout([])).toEqual({ columns: undefined, tiles: false })
    expect(toChoiceLayout(['likert']).columns).toBe('row')
    expect(toChoiceLayout(['columns-2', 'no-buttons'])).toEqual({ columns: 2, tiles: true })
    expect(toChoiceLayout(['columns-99']).columns).toBe(10)
    expect(toChoiceLayout(['columns']).columns).toBe(3)
    expect(toChoiceLayout(['columns-pack']).columns).toBe('pack')
  })

  it('a rule that lets one choice stand alone names that choice', () => {
    expect(findExclusiveChoice("not(selected(., 'none') and count-selected(.) > 1)")).toBe('none')
    expect(findExclusiveChoice('not(selected( . ,"none of these") and count-selected( . ) >= 2)')).toBe('none of these')
    expect(findExclusiveChoice("not(selected(., 'none'))")).toBeUndefined()
  })

  it('a rule about length gives the number of characters left', () => {
    expect(findTextLimit('string-length(.) <= 500')).toBe(500)
    expect(findTextLimit("regex(., '^a') and string-length( . ) < 100")).toBe(99)
    expect(findTextLimit('string-length(.) >= 3')).toBeUndefined()
    expect(findTextLimit('string-length(/data/other) <= 3')).toBeUndefined()
  })
})
