import type { FormFile } from '@attune/forms'
import { readMarkdown } from '@attune/xlsform'
import { describe, expect, it } from 'vitest'
import { changedClientForm, toSurveyRow, type RowCells } from '../test/changed-form.ts'
import { digest, readVigDcs } from '../test/vig-dcs.ts'
import { checkForm, type CheckedForm } from './check-form.ts'
import type { GivenFile } from './check-form-files.ts'

const programme = readVigDcs()
const file = (name: string, more: Partial<GivenFile> = {}): GivenFile => ({
  name,
  kind: 'list',
  mediaType: 'text/csv',
  bytes: 1,
  sha256: name,
  md5: name,
  ...more,
})
const list = (name: string, columns: readonly string[], ...rows: (readonly string[])[]) => file(name, { list: { columns, rows }, rows: rows.length })
const declared = `| fields | | | | | |
| | name | label | purposes | sensitivity | justification |
| | hall | Hall | guide-practice | ordinary | Shows which hall was nearest. |`
const check = (cells: RowCells, files: readonly GivenFile[], carried: readonly GivenFile[] = []): CheckedForm => {
  const row = toSurveyRow({
    type: 'select_one_from_file towns.csv',
    name: 'hall',
    label: 'Which hall was nearest?',
    welsh: 'Pa neuadd oedd agosaf?',
    ...cells,
  })
  const workbook = readMarkdown(changedClientForm({ addAfter: ['age_group', row], sheets: declared }))
  return checkForm(programme, { workbook, fileName: 'client-session.md', digest, files, carried: { 'client-session': carried } })
}
const errorsOf = (checked: CheckedForm) =>
  checked.ok ? [] : checked.issues.filter(({ severity }) => severity === 'error').map(({ code, message }) => [code, message])
const filesOf = (checked: CheckedForm) => (checked.ok ? (checked.form.files ?? []).map(({ name, sha256 }) => [name, sha256]) : errorsOf(checked))
const good = list('towns.csv', ['name', 'label', 'area'], ['a', 'Abertown', 'n'], ['b', 'Brook', 's'])

describe('a question that is chosen from a file', () => {
  it('is taken with a file that has what it needs, and the form keeps the file without what stands in it', () => {
    const checked = check({}, [good])
    expect(errorsOf(checked)).toEqual([])
    expect(checked.ok && checked.form.files).toEqual([{ ...file('towns.csv'), rows: 2 } satisfies FormFile])
  })

  it.each([
    [
      'no column for what is stored',
      list('towns.csv', ['id', 'label'], ['a', 'A']),
      'list-column-missing',
      '“towns.csv” has no column “name”. It has: id, label.',
    ],
    ['no column of either', list('towns.csv', ['id'], ['a']), 'list-column-missing', 'no column “name” and no column “label”'],
    ['no rows', list('towns.csv', ['name', 'label']), 'list-empty', 'no rows'],
    ['a row without a name', list('towns.csv', ['name', 'label'], ['a', 'A'], [' ', 'B']), 'list-value-blank', 'no name in row 3'],
    [
      'a name that is there twice',
      list('towns.csv', ['name', 'label'], ['a', 'A'], ['b', 'B'], ['a', 'C']),
      'list-value-twice',
      '“a” (rows 2 and 4)',
    ],
    ['a picture instead', file('towns.csv', { kind: 'image' }), 'form-file-wrong', 'is a picture; choices come from'],
  ])('is refused with %s', (_what, given, code, says) => {
    expect(errorsOf(check({}, [given]))).toEqual([[code, expect.stringContaining(says)]])
  })

  it('may name other columns, and a filter may choose between two of one name', () => {
    const other = list('towns.csv', ['id', 'Town'], ['a', 'A'], ['a', 'B'])
    expect(errorsOf(check({ parameters: 'value=id label=Town', choice_filter: "Town != ''" }, [other]))).toEqual([])
    expect(errorsOf(check({ parameters: 'value=id label=Town' }, [other]))).toEqual([['list-value-twice', expect.any(String)]])
  })

  it('of several choices has names without spaces', () => {
    const spaced = list('towns.csv', ['name', 'label'], ['aber town', 'A'])
    expect(errorsOf(check({}, [spaced]))).toEqual([])
    expect(errorsOf(check({ type: 'select_multiple_from_file towns.csv' }, [spaced]))).toEqual([
      ['list-value-space', expect.stringContaining('“aber town” (row 2)')],
    ])
  })

  it('is linted by what stands in the file: a list of faiths is one wherever it is kept', () => {
    const faiths = list('towns.csv', ['name', 'label'], ['a', 'Christian'], ['b', 'Muslim'], ['c', 'Hindu'], ['d', 'No faith'])
    expect(errorsOf(check({}, [faiths]))).toEqual([['question-asks-special-category', expect.any(String)]])
  })

  it('of a hundred thousand choices is linted in about the time of reading them', () => {
    const rows = Array.from({ length: 100_000 }, (_, at) => [`n${at}`, `Town number ${at}`])
    const before = process.cpuUsage()
    expect(errorsOf(check({}, [list('towns.csv', ['name', 'label'], ...rows)]))).toEqual([])
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1_000).toBeLessThan(4_000)
  })

  it('counts as many answers as the file has rows when combinations are looked at', () => {
    const rows = Array.from({ length: 500 }, (_, at) => [`n${at}`, `Town ${at}`])
    const checked = check({}, [list('towns.csv', ['name', 'label'], ...rows)])
    const warning = checked.ok && checked.warnings.find(({ code, message }) => code === 'combination-singles-out' && message.includes('"hall"'))
    expect(warning).toMatchObject({ message: expect.stringContaining('500 times as many') })
  })
})

describe('files of the version before', () => {
  it('are taken over where the form names them and nobody handed them in again', () => {
    const before = { ...good, sha256: 'before' }
    expect(filesOf(check({}, [], [before]))).toEqual([['towns.csv', 'before']])
    expect(filesOf(check({}, [{ ...good, sha256: 'now' }], [before]))).toEqual([['towns.csv', 'now']])
    expect(filesOf(check({ type: 'select_one yes_no' }, [], [before]))).toEqual([])
  })

  it('are checked again: the question may choose from another column now', () => {
    expect(errorsOf(check({ parameters: 'label=street' }, [], [good]))).toEqual([['list-column-missing', expect.stringContaining('label=')]])
  })
})

describe('a file that pulldata() reads', () => {
  it('is found at the cell that names it, without its ending', () => {
    const checked = check(
      { type: 'calculate', name: 'hall', label: '', welsh: '', calculation: "pulldata('towns', 'label', 'name', ${age_group})" },
      [],
    )
    const issue = !checked.ok && checked.issues.find(({ code }) => code === 'form-file-missing')
    expect(issue).toMatchObject({ sheet: 'survey', column: 'calculation', message: expect.stringContaining('“towns.csv”') })
  })
})
