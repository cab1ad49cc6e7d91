import '../../../../../packages/forms/src/engine/test/jsdom.ts'
import { leavesOf, nameOf, openForm, type FormSession } from '@attune/forms/engine'
import { compile, readMarkdown } from '@attune/xlsform'
import { describe, expect, it } from 'vitest'
import { toSectionItems } from '../../widgets/choice-table.ts'
import { isAskedIn, questionsOfNodes } from './page-questions.ts'
import { toPages } from './pages.ts'

async function open(survey: string): Promise<FormSession> {
  const choices = '| choices | | | |\n| | list_name | name | label |\n| | yn | y | Yes |\n| | yn | n | No |'
  const compiled = compile(readMarkdown(`| survey | | | | | |\n| | type | name | label | relevant | appearance |\n${survey}\n${choices}`))
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues))
  return (await openForm(compiled.xml)).createSession()
}

function answer(session: FormSession, question: string, value: string): void {
  const leaf = leavesOf(session.root).find((node) => nameOf(node) === question)
  if (leaf?.nodeType !== 'select') throw new Error(`${question} is no choice.`)
  leaf.selectValue(value)
}

const asked = (session: FormSession) => toPages(session.root, 'Form').map((page) => [page.id, questionsOfNodes(page.nodes).map(nameOf)])

describe('the pages of a form', () => {
  const survey = `| | select_one yn | first | First? | | |
| | text | more | More | \${first} = 'y' | |
| | begin_group | part | Part | | |
| | select_one yn | inside | Inside? | | |
| | end_group | | | | |
| | begin_group | late | Late | \${inside} = 'y' | |
| | text | end | End | | |
| | end_group | | | | |`

  it('a page is the same one while questions on it come and go, so that nothing but them is drawn anew', async () => {
    const session = await open(survey)
    const before = toPages(session.root, 'Form')
    expect(asked(session)).toEqual([
      ['first', ['first']],
      ['part', ['inside']],
    ])
    answer(session, 'first', 'y')
    expect(toPages(session.root, 'Form', before)).toBe(before)
    expect(asked(session)[0]).toEqual(['first', ['first', 'more']])
    expect(isAskedIn(before[0]?.nodes ?? [], 'more')).toBe(true)
    answer(session, 'first', 'n')
    expect(isAskedIn(before[0]?.nodes ?? [], 'more')).toBe(false)
    expect(isAskedIn(before[0]?.nodes ?? [], undefined)).toBe(false)
    session.close()
  })

  it('a page that comes leaves the others the same', async () => {
    const session = await open(survey)
    const before = toPages(session.root, 'Form')
    answer(session, 'inside', 'y')
    const after = toPages(session.root, 'Form', before)
    expect(after.map(({ id }) => id)).toEqual(['first', 'part', 'late'])
    expect(after[0]).toBe(before[0])
    expect(after[1]).toBe(before[1])
    session.close()
  })

  it('a run of questions of which none is asked is no page', async () => {
    const session = await open(`| | text | gone | Gone | false() | |
| | begin_group | part | Part | | |
| | select_one yn | inside | Inside? | | |
| | end_group | | | | |`)
    expect(asked(session)).toEqual([['part', ['inside']]])
    session.close()
  })

  it('rows of one table stay together over a question between them that is not asked', async () => {
    const session = await open(`| | select_one yn | head | Head | | label |
| | select_one yn | one | One | | list-nolabel |
| | text | between | Between | \${one} = 'y' | |
| | select_one yn | two | Two | | list-nolabel |`)
    const items = () =>
      toSectionItems(session.root.currentState.children).map((item) => (item.kind === 'table' ? item.table.rows.map(nameOf) : nameOf(item.node)))
    expect(items()).toEqual([['one', 'two']])
    answer(session, 'one', 'y')
    expect(items()).toEqual([['one'], 'between', ['two']])
    session.close()
  })
})
