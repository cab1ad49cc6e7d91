import { describe, expect, it } from 'vitest'
import { sharedFiles } from './shared-files.ts'

const shared = (...names: string[]) => {
  const form = new FormData()
  for (const name of names) form.append('copy', new File(['%PDF'], name, { type: 'application/pdf' }))
  form.append('copy', 'words that are no file')
  return form
}
const names = (files: readonly File[]) => files.map(({ name }) => name)

describe('files shared to the app', () => {
  it('are given once, and words beside them are not', () => {
    const files = sharedFiles(() => 0)
    files.take(shared('a.pdf', 'b.pdf'))
    expect(names(files.give())).toEqual(['a.pdf', 'b.pdf'])
    expect(files.give()).toEqual([])
  })

  it('are forgotten after five minutes, and when others come', () => {
    let now = 0
    const files = sharedFiles(() => now)
    files.take(shared('a.pdf'))
    now = 5 * 60_000 + 1
    expect(files.give()).toEqual([])
    files.take(shared('a.pdf'))
    files.take(shared('b.pdf'))
    expect(names(files.give())).toEqual(['b.pdf'])
  })
})
