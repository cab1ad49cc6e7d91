import { describe, expect, it } from 'vitest'
import { compile, issueMessages, readCsv, readMarkdown, readXlsx, warningCodes, type IssueCode, type Workbook } from './index.ts'
import {
  choiceExamples,
  entityExamples,
  expressionExamples,
  parameterExamples,
  question,
  sheetExamples,
  type IssueExample,
} from './issue-examples.fixture.ts'

const examples: readonly IssueExample[] = [...sheetExamples, ...parameterExamples, ...choiceExamples, ...expressionExamples, ...entityExamples]

function issuesOf(workbook: Workbook) {
  const result = compile(workbook)
  return result.ok ? result.warnings : result.issues
}

describe('every issue', () => {
  const cases = examples.map(([code, sheet, row, column, ...lines]) => ({ code, sheet, row, column, lines }))
  it.each(cases)('$code is found on the sheet $sheet in row $row, column "$column"', ({ code, sheet, row, column, lines }) => {
    const result = compile(readMarkdown(lines.join('\n')))
    const found = issuesOf(readMarkdown(lines.join('\n'))).filter((issue) => issue.code === code)
    expect(found.map((issue) => [issue.sheet, issue.row, issue.column])).toContainEqual([sheet, row, column])
    const isWarning = warningCodes.has(code)
    expect(found.every(({ severity }) => severity === (isWarning ? 'warning' : 'error'))).toBe(true)
    expect(result.ok).toBe(isWarning)
    for (const { message } of found) expect(message).not.toMatch(/\{\w+\}(?<!\$\{\w+\})|undefined/)
  })

  it('a file that cannot be read says so', () => {
    expect(issuesOf(readXlsx(new Map())).map(({ code }) => code)).toEqual(['file-unreadable'])
    expect(issuesOf(readCsv('survey\n,"type')).map(({ code }) => code)).toEqual(['file-quotes'])
  })

  it('a file that is needed but not there, or lacks a column, is reported where files are given', () => {
    const md = '| survey |\n| | type | name | label | parameters |\n| | select_one_from_file towns.csv | a | A | label=title |'
    const issuesWith = (external: ReadonlyMap<string, readonly string[]>) => {
      const result = compile(readMarkdown(md), { external })
      return result.ok ? [] : result.issues.map(({ code, cell }) => [code, cell])
    }
    expect(issuesWith(new Map())).toEqual([['file-missing', 'A2']])
    expect(issuesWith(new Map([['towns.csv', ['name', 'label']]]))).toEqual([['file-column-missing', 'D2']])
    expect(issuesWith(new Map([['towns.csv', ['name', 'title']]]))).toEqual([])
  })

  it('a form of more rows than anybody could fill in is refused', () => {
    const rows = Array.from({ length: 30_010 }, (_, index) => `| | text | q${index} | Q |`)
    expect(issuesOf(readMarkdown([...question.slice(0, 2), ...rows].join('\n'))).map(({ code }) => code)).toEqual(['too-many-rows'])
  })

  it('groups nested without end are refused', () => {
    const begins = Array.from({ length: 5_000 }, (_, index) => `| | begin group | g${index} | G |`)
    const ends = begins.map(() => '| | end group | | |')
    expect(issuesOf(readMarkdown([...question.slice(0, 2), ...begins, '| | text | a | A |', ...ends].join('\n'))).map(({ code }) => code)).toContain(
      'too-deep',
    )
  })

  it('all issues of a form come at once, each with the cell to change', () => {
    const issues = issuesOf(
      readMarkdown(
        ['| survey |', '| | type | name | label | relevant |', '| | txet | a | A | |', '| | text | b | B | ${zz} |', '| | text | b | | |'].join('\n'),
      ),
    )
    expect(issues.map(({ code, cell }) => [code, cell])).toEqual([
      ['type-unknown', 'A2'],
      ['name-twice', 'B4'],
      ['reference-unknown', 'D3'],
      ['label-missing', 'C4'],
    ])
  })

  it('has an example that proves it', () => {
    const proven = new Set<IssueCode>([
      ...examples.map(([code]) => code),
      'file-unreadable',
      'file-quotes',
      'file-missing',
      'file-column-missing',
      'too-many-rows',
      'too-deep',
    ])
    expect((Object.keys(issueMessages) as IssueCode[]).filter((code) => !proven.has(code))).toEqual([])
  })
})
