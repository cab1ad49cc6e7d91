import { describe, expect, it } from 'vitest'
import { readDate, toDateParts } from './read-date.ts'

const read = (day: string, month: string, year: string) => readDate({ day, month, year }, 'day')

describe('a date in three boxes', () => {
  it('is read with numbers or with the month in words, English or Welsh', () => {
    expect(read('27', '3', '2025')).toEqual({ date: '2025-03-27' })
    expect(read(' 7', 'March ', '2025')).toEqual({ date: '2025-03-07' })
    expect(read('7', 'mawrth', '2025')).toEqual({ date: '2025-03-07' })
    expect(read('7', 'Sept', '2025')).toEqual({ date: '2025-09-07' })
  })

  it('empty boxes are no answer, and no mistake', () => expect(read('', ' ', '')).toEqual({ date: '' }))

  it('says which box is not right', () => {
    expect(read('', '3', '2025')).toEqual({ problem: 'missing-day', part: 'day' })
    expect(read('7', '', '2025')).toEqual({ problem: 'missing-month', part: 'month' })
    expect(read('7', '3', '25')).toEqual({ problem: 'missing-year', part: 'year' })
    expect(read('29', '2', '2023')).toEqual({ problem: 'not-real', part: 'day' })
    expect(read('7', '13', '2025')).toEqual({ problem: 'not-real', part: 'month' })
    expect(read('7', 'm', '2025')).toEqual({ problem: 'not-real', part: 'month' })
    expect(read('29', '2', '2024')).toEqual({ date: '2024-02-29' })
  })

  it('a month or a year alone stands for its first day', () => {
    expect(readDate({ day: '', month: '5', year: '2024' }, 'month')).toEqual({ date: '2024-05-01' })
    expect(readDate({ day: '', month: '', year: '2024' }, 'year')).toEqual({ date: '2024-01-01' })
  })

  it('goes back into the boxes without zeros in front', () => expect(toDateParts('2025-03-07')).toEqual({ day: '7', month: '3', year: '2025' }))
})
