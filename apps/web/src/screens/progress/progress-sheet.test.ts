// @vitest-environment jsdom
// The sheet as a family sees it, made of two saved copies of one client, with the programme's own form and measures.
import { readFileSync } from 'node:fs'
import { lendPage } from '../../../../../packages/forms/src/engine/lend-page.ts'
import type { FormView } from '@attune/contract'
import { nameOf, openForm, shownQuestions } from '@attune/forms/engine'
import { parseScale } from '@attune/measures'
import { compile, readMarkdown } from '@attune/xlsform'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createApp, h, nextTick, type App } from 'vue'
import { parse } from 'yaml'
import { mergeSessions, parseProgressCopy, type ProgressCopy, type ProgressSession } from '../../progress-copy/progress-copy.ts'
import { formLanguageTag } from '../form/form-language.ts'
import ProgressSheet from './ProgressSheet.vue'
import { toAskedInWords } from './to-words.ts'

const text = (path: string) => readFileSync(new URL(`../../../../../${path}`, `file://${import.meta.dirname}/`), 'utf8')
let form: FormView
let app: App | undefined
beforeAll(() => {
  lendPage(window as never)
  globalThis.ResizeObserver = class {
    observe = () => undefined
    unobserve = () => undefined
    disconnect = () => undefined
  }
  const compiled = compile(readMarkdown(text('programmes/vig-dcs/forms/client-session.md')))
  if (!compiled.ok) throw new Error('The client form does not compile.')
  const programme = parse(text('programmes/vig-dcs/programme.yaml')) as { forms: { questions: FormView['questions'] }[] }
  const measures = (parse(text('programmes/vig-dcs/measures.yaml')) as { scale: string }[]).map((use) => {
    const read = parseScale(parse(text(`packages/measures/scales/${use.scale}.yaml`)))
    return { items: {}, scores: {}, ...use, scale: 'scale' in read ? read.scale : undefined }
  })
  const { xml, outline } = compiled
  const questions = programme.forms[0]?.questions ?? {}
  form = { formId: 'client-session', version: '2025-06.1', title: '', kind: 'client-record', hash: '', xml, outline, questions, measures, files: [] }
})
afterEach(() => app?.unmount())

const copy = (sessionNo: number, more: Partial<ProgressSession>): unknown =>
  JSON.parse(
    JSON.stringify({
      programmeId: 'vig-dcs',
      formId: 'client-session',
      code: 'K7M42XQ9PD',
      codeSource: 'form',
      madeOn: '2026-03-01',
      sessions: [
        {
          sessionId: `s${sessionNo}`,
          sessionOn: `2026-0${sessionNo}-12`,
          sessionNo,
          timePoint: 'before',
          formVersion: '2025-06.1',
          edition: '2025-06',
          goals: [],
          scores: {},
          carried: {},
          ...more,
        },
      ],
    } satisfies ProgressCopy),
  )

/** Reads the copies as files are read and draws the sheet of their sessions. */
async function draw(copies: readonly unknown[], language = 'en'): Promise<HTMLElement> {
  const sessions = mergeSessions(...copies.map((value) => parseProgressCopy(value)?.sessions ?? []))
  const room = document.createElement('div')
  document.body.replaceChildren(room)
  const asked = toAskedInWords(form, (spoken) => formLanguageTag(spoken) === language)
  app = createApp({
    render: () => h(ProgressSheet, { sessions, measures: form.measures, asked, code: 'K7M42XQ9PD', codeSource: 'form', contact: undefined }),
  })
  app.mount(room)
  await nextTick()
  return room
}
const plain = (element: Element | null | undefined) => element?.textContent?.replace(/\s+/g, ' ').trim() ?? ''

describe('the progress sheet', () => {
  it('DCS-004: two saved sessions of one code show before, after and change of each goal and measure, as worked out by hand', async () => {
    const goal = (rating: number) => [{ no: 1, wording: 'Enjoy bath time', rating }]
    const before = { 'phq-9': { total: 17 }, 'gad-7': { total: 12 }, kpcs: { total: 31 }, 'mors-sf': { warmth: 19, invasion: 21 } }
    const after = { 'phq-9': { total: 6 }, 'gad-7': { total: 13 }, kpcs: { total: 40 }, 'mors-sf': { warmth: 28, invasion: 21 } }
    const sheet = await draw([copy(3, { goals: goal(8), scores: after, timePoint: 'after' }), copy(1, { goals: goal(3), scores: before })])
    // 17 - 6 = 11, 13 - 12 = 1, 40 - 31 = 9, 28 - 19 = 9, 21 - 21 = 0; goal 8 - 3 = 5.
    const expected = [
      ['Enjoy bath time', '3', '8', 'From 3 to 8 out of 10: 5 steps closer.'],
      ['Karitane Parenting Confidence Scale', '31', '40', 'From 31 to 40: better by 9 points.'],
      ['warmth', '19', '28', 'From 19 to 28: better by 9 points.'],
      ['invasion', '21', '21', 'From 21 to 21: the same as before.'],
      ['PHQ-9', '17', '6', 'From 17 to 6: better by 11 points.'],
      ['GAD-7', '12', '13', 'From 12 to 13: harder by 1 point.'],
    ]
    const cards = [...sheet.querySelectorAll('article.progress-card')]
    expect(cards).toHaveLength(expected.length)
    for (const [name = '', first, last, sentence] of expected) {
      const card = cards.find((one) => new RegExp(name, 'i').test(plain(one.querySelector('h3'))))
      expect(plain(card), name).toContain(sentence)
      expect(
        [...(card?.querySelectorAll('tbody td') ?? [])].map((cell) => plain(cell)),
        name,
      ).toEqual([first, last])
    }
    expect(plain(sheet)).toContain('K7M4 2XQ9 PD')
  })

  it('DCS-035: the form asks both questions in words at every kind of session', async () => {
    const session = (await openForm(form.xml)).createSession()
    const set = (name: string, value: string) => {
      const node = shownQuestions(session.root).find((one) => nameOf(one) === name)
      if (node?.nodeType !== 'select') throw new Error(`${name} is not asked.`)
      node.selectValues([value])
    }
    set('client_consented', 'yes')
    for (const timePoint of ['before', 'during', 'after'])
      for (const mode of ['face-to-face', 'online']) {
        set('time_point', timePoint)
        set('session_mode', mode)
        const asked = shownQuestions(session.root).filter((node) => nameOf(node).startsWith('narrative_'))
        expect(asked.map((node) => [nameOf(node), node.currentState.required])).toEqual([
          ['narrative_child', true],
          ['narrative_relationship', true],
        ])
      }
    session.close()
  }, 30_000)

  it('DCS-035: the progress sheet puts the earlier and the later words side by side, under the question as it was asked', async () => {
    const said = (child: string, relationship: string) => ({ words: { narrative_child: child, narrative_relationship: relationship } })
    const copies = [
      copy(1, said('Never looks at me.', 'We are tired.')),
      copy(2, said('Looks up sometimes.', 'A little easier.')),
      copy(3, said('Waits for my turn.', 'We laugh more.')),
    ]
    const cards = [...(await draw(copies)).querySelectorAll('article.words-card')]
    expect(cards.map((card) => plain(card.querySelector('h3')))).toEqual([
      'How does the client see their child now?',
      'How does the client see the relationship with their child now?',
    ])
    const sides = cards.map((card) => [...card.querySelectorAll('.words-card__sides > figure')].map(plain))
    expect(sides).toEqual([
      ['before Session 1, 12 January 2026Never looks at me.', 'now Session 3, 12 March 2026Waits for my turn.'],
      ['before Session 1, 12 January 2026We are tired.', 'now Session 3, 12 March 2026We laugh more.'],
    ])
    expect(plain(cards[0]?.querySelector('details'))).toContain('Looks up sometimes.')
    const welsh = await draw(copies, 'cy')
    expect(plain(welsh.querySelector('article.words-card h3'))).toBe("Sut mae'r cleient yn gweld eu plentyn nawr?")
  })

  it('shows the words of a first session alone, and nothing of words where older copies have none', async () => {
    const first = await draw([copy(1, { words: { narrative_child: 'Never looks at me.', narrative_relationship: '' } })])
    expect(first.querySelectorAll('article.words-card')).toHaveLength(1)
    expect(plain(first)).toContain('What you say can be put beside it after the next session.')
    expect((await draw([copy(1, {}), copy(2, {})])).querySelectorAll('article.words-card')).toHaveLength(0)
    expect(parseProgressCopy(copy(1, { words: { narrative_child: 'x'.repeat(4001) } }))).toBeUndefined()
  })
})
