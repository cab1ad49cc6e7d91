// A form that starts with an answer of the one before, through the compiler and the engine; and the same record as the server looks at it again.
import '../../../../../packages/forms/src/engine/test/jsdom.ts'
import { findDifferences, leavesOf, nameOf, openForm, type FormSession } from '@attune/forms/engine'
import { withoutLastSaved } from '@attune/forms'
import { compile, readMarkdown } from '@attune/xlsform'
import { describe, expect, it } from 'vitest'
import { toLastSaved, toRecallingXml } from './last-saved.ts'
import { prefill } from './use-form-run.ts'

const compiled = compile(
  readMarkdown(`
| survey |
| | type | name | label | default |
| | begin_group | setting | Setting | |
| | select_one rooms | room | Room | \${last-saved#room} |
| | end_group | setting | | |
| | text | words | Words of the client | |
| | text | spare | Spare | |
| choices |
| | list_name | name | label |
| | rooms | blue | Blue & white |
| | rooms | red | Red |
`),
)
if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues))
const form = { xml: compiled.xml, outline: compiled.outline }
const answersIn = (session: FormSession) =>
  Object.fromEntries(
    leavesOf(session.root)
      .map((leaf) => [nameOf(leaf), leaf.currentState.instanceValue])
      .filter(([, value]) => value !== ''),
  )
const start = async (remembered?: string) => (await openForm(toRecallingXml(form, remembered))).createSession()

async function send(remembered: string | undefined, known: Record<string, string>): Promise<string> {
  const session = await start(remembered)
  prefill(session, known)
  const sent = await session.prepareSubmission()
  session.close()
  if (sent.status !== 'ready') throw new Error(JSON.stringify(sent.violations))
  return sent.xml
}

describe('the last saved record', () => {
  it('is empty when nothing was sent from here', async () => {
    const { room } = answersIn(await start())
    expect(room).toBeUndefined()
  })

  it('fills in what the form asks of it, and holds nothing else of the record', async () => {
    const remembered = toLastSaved(form, await send(undefined, { room: 'red', words: 'Jane <3 rooms' }))
    expect(remembered).toBe('<data><setting><room>red</room></setting></data>')
    const next = await start(remembered)
    expect(answersIn(next)).toMatchObject({ room: 'red' })
    expect(next.toDraft().xml).not.toContain('Jane')
  })

  it('is let go of when a later version of the form does not ask for it any more', async () => {
    const outline = {
      ...compiled.outline,
      children: compiled.outline.children.map((node) => (node.kind === 'group' ? { ...node, children: [] } : node)),
    }
    expect(toLastSaved({ outline }, '<data><setting><room>red</room></setting></data>')).toBeUndefined()
    expect(
      answersIn(await (await openForm(toRecallingXml({ ...form, outline }, '<data><setting><room>red</room></setting></data>'))).createSession()),
    ).not.toHaveProperty('room')
  })

  it('makes no difference where the server looks at the record again, filled in or cleared', async () => {
    const remembered = '<data><setting><room>red</room></setting></data>'
    for (const known of [{}, { room: '' }, { room: 'blue' }]) {
      const xml = await send(remembered, known)
      expect(xml.includes('<room>red</room>')).toBe(!('room' in known))
      const atServer = await (await openForm(form.xml)).restoreSession({ xml, attachments: [] })
      expect([atServer.violations(), findDifferences(xml, atServer.toDraft().xml, new Set(), new Set())]).toEqual([[], []])
      atServer.close()
    }
  })

  it('is an empty one in the form that other apps fetch, so that they keep nothing', () => {
    expect(form.xml).toContain('jr://instance/last-saved')
    const given = withoutLastSaved(form.xml, 'data')
    expect(given).not.toContain('jr://instance/last-saved')
    expect(given).toContain('<instance id="__last-saved"><data/></instance>')
  })
})
