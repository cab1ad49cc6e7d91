import '../engine/test/jsdom.ts'
import { readFileSync } from 'node:fs'
import { compile, readMarkdown } from '@attune/xlsform'
import { describe, expect, it } from 'vitest'
import { boundsOf, isCalculated, openForm, shownQuestions, textOf, writeText, type FormSession, type QuestionNode } from '../engine/index.ts'
import type { XmlElement } from '../xml-element.ts'
import { readSubmission } from './read-submission.ts'

// The quick check on the way in and the full engine must never disagree: what the engine lets a person send is accepted, and what it would
// not let them send is refused at the same questions. Forms are filled in at random; the seed is fixed and named in each test.

const root = new URL('../../../../', import.meta.url)
const forms = [
  'programmes/vig-dcs/forms/client-session.md',
  'programmes/vig-dcs/forms/practitioner-consent.md',
  'apps/web/src/screens/form/lab/all-types.md',
]
const latestDay = '2026-12-31'

type Chance = { (): number; pick<T>(from: readonly T[]): T | undefined }

function chanceOf(seed: number): Chance {
  let state = seed
  const next = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) / 0x7fffffff
  return Object.assign(next, { pick: <T>(from: readonly T[]): T | undefined => from[Math.floor(next() * from.length)] })
}

const words: readonly string[] = ['Abc 12', 'K7M42XQ9PD', 'sam@example.org', 'some & <words>', 'one\ntwo', 'ŵy', '  ']
const texts: { readonly [type: string]: (chance: Chance) => string } = {
  date: (chance) => `202${Math.floor(chance() * 8)}-0${1 + Math.floor(chance() * 9)}-1${Math.floor(chance() * 10)}`,
  int: (chance) => String(Math.floor(chance() * 40) - 3),
  decimal: (chance) => String(Math.floor(chance() * 300) / 10),
  time: () => '10:30:00.000',
  dateTime: () => '2024-05-05T10:30:00.000+01:00',
  geopoint: () => '51.5 -3.2 0 0',
  geotrace: () => '51.5 -3.2 0 0; 51.6 -3.2 0 0',
  geoshape: () => '51.5 -3.2 0 0; 51.6 -3.2 0 0; 51.6 -3.3 0 0; 51.5 -3.2 0 0',
}

function fill(node: QuestionNode, chance: Chance): void {
  if (node.currentState.readonly || isCalculated(node)) return
  if (node.nodeType === 'select') {
    const names = node.currentState.valueOptions.map((item) => item.value)
    const yes = names.includes('yes') && chance() < 0.9
    if (node.selectType === 'select1') node.selectValue(yes ? 'yes' : (chance.pick(names) ?? null))
    else node.selectValues(names.filter(() => chance() < 0.4))
  } else if (node.nodeType === 'trigger') node.setValue(chance() < 0.95)
  else if (node.nodeType === 'rank') node.setValues(node.currentState.valueOptions.map((item) => item.value))
  else if (node.nodeType === 'upload') node.setValue(new File(['x'], 'a.png', { type: 'image/png' }))
  else if (node.nodeType === 'range') {
    const { start, end, step } = boundsOf(node)
    writeText(node, String(Number((start + Math.round((chance() * (end - start)) / step) * step).toFixed(6))))
  } else if (node.nodeType === 'input') writeText(node, texts[node.valueType]?.(chance) ?? chance.pick(words) ?? '')
}

function fillAtRandom(session: FormSession, chance: Chance): void {
  for (let round = 0; round < 4; round++) {
    for (const node of shownQuestions(session.root)) {
      if (round > 0 && textOf(node) !== '' && session.violations().every(({ nodeId }) => nodeId !== node.nodeId)) continue
      if (chance() < 0.85) fill(node, chance)
    }
  }
}

function toTree(element: Element): XmlElement {
  return {
    name: element.nodeName,
    attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
    children: [...element.children].map(toTree),
    text: [...element.childNodes].map((node) => (node.nodeType === Node.TEXT_NODE ? (node.nodeValue ?? '') : '')).join(''),
  }
}

describe.each(forms)('%s', (file) => {
  it('40 forms filled at random (seed 20261122): the quick check and the engine agree on every question', async () => {
    const compiled = compile(readMarkdown(readFileSync(new URL(file, root), 'utf8')))
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues))
    const form = await openForm(compiled.xml)
    const chance = chanceOf(20261122)
    let sendable = 0
    for (let time = 0; time < 40; time++) {
      const session = form.createSession()
      fillAtRandom(session, chance)
      const prepared = await session.prepareSubmission()
      const xml = prepared.status === 'ready' ? prepared.xml : session.toDraft().xml
      const engine = prepared.status === 'ready' ? [] : prepared.violations.map(({ path }) => path)
      const { issues } = readSubmission(compiled.outline, toTree(new DOMParser().parseFromString(xml, 'text/xml').documentElement), { latestDay })
      expect([...new Set(issues.map(({ path }) => path.replace(/\[\d+\]/g, '')))].sort()).toEqual(
        [...new Set(engine.map((path) => path.replace(/\[\d+\]/g, '')))].sort(),
      )
      if (prepared.status === 'ready') sendable++
      session.close()
    }
    expect(sendable).toBeGreaterThan(3)
  }, 60_000)
})
