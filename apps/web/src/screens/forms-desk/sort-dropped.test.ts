import { describe, expect, it } from 'vitest'
import { sortDropped } from './sort-dropped.ts'

const names = (files: readonly string[]) => {
  const { forms, others } = sortDropped(files.map((name) => ({ name })))
  return [forms.map(({ name }) => name), others.map(({ name }) => name)]
}

describe('files dropped together', () => {
  it('are the form and what lies beside it', () => {
    expect(names(['dog.png', 'Form.XLSX', 'towns.csv'])).toEqual([['Form.XLSX'], ['dog.png', 'towns.csv']])
    expect(names(['towns.csv', 'dog.png'])).toEqual([[], ['towns.csv', 'dog.png']])
    expect(names(['form.zip'])).toEqual([['form.zip'], []])
  })

  it('a .csv alone is the form; two forms are two', () => {
    expect(names(['form.csv'])).toEqual([['form.csv'], []])
    expect(names(['one.md', 'other.md'])).toEqual([['one.md', 'other.md'], []])
  })
})
