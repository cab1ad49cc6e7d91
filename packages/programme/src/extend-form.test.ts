import '../../forms/src/engine/test/jsdom.ts'
import { questionsOf } from '@attune/forms'
import { nameOf, openForm, shownQuestions, textOf, type SelectNode } from '@attune/forms/engine'
import { toScores, withItemPack, type Scale } from '@attune/measures'
import { describe, expect, it } from 'vitest'
import { digest, readVigDcs, scales } from '../test/vig-dcs.ts'
import { extendForm, isCoreUnchanged, refuseOwnMeasures } from './extend-form.ts'
import { ownQuestion, type OwnMeasure } from './own-block.ts'
import { parseScales } from './parse-scales.ts'
import { getFormOfKind, measuresIn } from './programme.ts'

const programme = readVigDcs()
const core = getFormOfKind(programme, 'client-record')
const registry = parseScales(scales)
const scale = (id: string) => registry.find((each) => each.id === id)!
const own = (id: string, more: Partial<OwnMeasure> = {}): OwnMeasure => ({
  scale: scale(id),
  domain: 'wellbeing',
  purposes: ['guide-practice', 'report'],
  justification: 'Our funder asks for it.',
  ...more,
})
const extend = (...measures: OwnMeasure[]) =>
  extendForm(programme, core, { serviceId: 'north', version: `${core.version}+north.1`, measures, digest })

describe("a service's own measures", () => {
  it('come as a block of totals after the form that everybody has, which stays as it is', async () => {
    const checked = extend(own('cprs'), own('gad-2'))
    if (!checked.ok) throw new Error(JSON.stringify(checked.issues))
    const { form } = checked
    const names = questionsOf(form.outline).map(({ name }) => name)
    expect(names.slice(0, -3)).toEqual(questionsOf(core.outline).map(({ name }) => name))
    expect(names.slice(-3)).toEqual(['own_cprs_conflict', 'own_cprs_closeness', 'own_gad_2_total'])
    expect(isCoreUnchanged(core.outline, form.outline)).toBe(true)
    expect(form.additions).toMatchObject({
      serviceId: 'north',
      measures: [{ scores: { conflict: 'own_cprs_conflict', closeness: 'own_cprs_closeness' } }, { scores: { total: 'own_gad_2_total' } }],
    })
    expect(form.xmlHash).not.toBe(core.xmlHash)
    const opened = await openForm(form.xml)
    expect(opened.createSession().languages.length).toBeGreaterThan(1)
  })

  it('every measure of the registry that is not in the core can be added, and its limits are those of its scale; one without a score cannot', () => {
    const inCore = new Set(programme.measures.map((use) => use.scale.id))
    const scoreless = registry.filter((each) => toScores(each).length === 0).map(({ id }) => id)
    expect(scoreless.toSorted()).toEqual(['asq-se-2', 'kidscreen-10', 'sessw'])
    for (const each of registry.filter(({ id }) => !inCore.has(id) && !scoreless.includes(id))) {
      const checked = extend(own(each.id))
      expect(checked.ok ? [] : checked.issues.filter(({ severity }) => severity === 'error'), each.id).toEqual([])
    }
    expect(registry.length).toBeGreaterThan(30)
    for (const id of scoreless)
      expect(refuseOwnMeasures(programme, core, [own(id)]), id).toEqual([{ scale: id, why: expect.stringContaining('cannot be entered') }])
  })

  it('without a reason or a purpose of the policy the linter refuses them', () => {
    const codes = (measure: OwnMeasure) => {
      const checked = extend(measure)
      return checked.ok ? [] : checked.issues.map(({ code }) => code)
    }
    expect(codes(own('gad-2', { justification: ' ' }))).toContain('question-without-reason')
    expect(codes(own('gad-2', { purposes: [] }))).toContain('question-without-purpose')
  })

  it('that everybody has already, or twice, cannot be added', () => {
    expect(refuseOwnMeasures(programme, core, [own('phq-9')])).toEqual([{ scale: 'phq-9', why: expect.stringContaining('everybody') }])
    expect(refuseOwnMeasures(programme, core, [own('gad-2'), own('gad-2')])).toHaveLength(1)
    expect(refuseOwnMeasures(programme, core, [own('gad-2'), own('cprs')])).toEqual([])
    expect(ownQuestion({ id: 'gad-2' }, { id: 'total' })).toBe('own_gad_2_total')
  })
})

/** Made-up statements in the place of a licensed wording; none is in this repository. */
function withMadeUpWords(scale: Scale): Scale {
  const say = (word: string) => Object.fromEntries(scale.items.map(({ code }) => [code, `${word} ${code}`]))
  const labels = (word: string) => scale.options.map(({ value }) => `${word} ${value}`)
  const pack = { scale: scale.id, licence: 'A made-up licence', stem: 'As a rule:', labels: labels('answer'), texts: say('made-up statement') }
  const loaded = withItemPack(scale, { ...pack, translations: { cy: { labels: labels('ateb'), texts: say('gosodiad') } } })
  if ('issues' in loaded) throw new Error(`${scale.id}: ${JSON.stringify(loaded.issues)}`)
  return loaded.scale
}

describe("a service's own measure with its licensed wording", () => {
  const sdq = withMadeUpWords(scale('sdq'))
  const licensed = own('sdq', { scale: sdq, reviewedItems: true })

  it('is asked item by item in the words of each language, and added up as its key says', async () => {
    const checked = extend(licensed, own('gad-2'))
    if (!checked.ok) throw new Error(JSON.stringify(checked.issues))
    const { outline, additions, xml } = checked.form
    expect(isCoreUnchanged(core.outline, outline)).toBe(true)
    const [use] = additions!.measures
    expect([Object.keys(use!.items).length, use!.scores['total'], use!.scores['impact']]).toEqual([25, 'own_sdq_total', undefined])
    // What the impact supplement's lines are worth is in no source that we have: its total is typed in, as without the wording.
    expect(use!.typed).toEqual({ impact: 'own_sdq_impact' })
    expect(questionsOf(outline).find(({ name }) => name === 'own_sdq_impact')).toMatchObject({ valueType: 'int', constraint: '. >= 0 and . <= 10' })
    const q1 = questionsOf(outline).find(({ name }) => name === 'own_sdq_q1')
    expect(q1?.label).toEqual({ 'English (en)': 'made-up statement q1', 'Cymraeg (cy)': 'gosodiad q1' })
    expect(outline.choices['own_sdq_options']?.map(({ label }) => label['Cymraeg (cy)'])).toEqual(['ateb 0', 'ateb 1', 'ateb 2'])

    const session = (await openForm(xml)).createSession()
    const node = (name: string) => shownQuestions(session.root).find((one) => nameOf(one) === name)!
    const choose = (name: string, values: string[]) => (node(name) as SelectNode).selectValues(values)
    choose('client_consented', ['yes'])
    for (const { code } of sdq.items) choose(ownQuestion(sdq, { id: code }), ['2'])
    const worked = (...ids: string[]) => ids.map((id) => textOf(node(`own_sdq_${id}`)))
    // All "yes": each subscale is 10 less 2 per reversed item, see the scoring of the scale itself.
    expect(worked('emotional', 'conduct', 'hyperactivity', 'peer', 'prosocial', 'total')).toEqual(['10', '8', '6', '6', '10', '30'])
    choose('own_sdq_q3', [])
    expect(worked('emotional', 'conduct', 'total')).toEqual(['', '8', ''])
  })

  it('is asked by its totals when the review was not about items, or when the wording is not at hand', () => {
    for (const measure of [own('sdq', { scale: sdq }), own('sdq', { reviewedItems: true })]) {
      const checked = extend(measure)
      if (!checked.ok) throw new Error(JSON.stringify(checked.issues))
      expect(checked.form.additions!.measures[0]!.items).toEqual({})
      expect(questionsOf(checked.form.outline).map(({ name }) => name)).toContain('own_sdq_impact')
      expect(checked.form.xml).not.toContain('made-up statement')
    }
  })

  it('that everybody has by its total can be asked item by item after the form, which stays as it is; the total counts where lines are empty', async () => {
    const swemwbs = own('swemwbs', { scale: withMadeUpWords(scale('swemwbs')), reviewedItems: true, coreScores: { raw: 'swemwbs_total' } })
    expect(refuseOwnMeasures(programme, core, [swemwbs])).toEqual([])
    expect(refuseOwnMeasures(programme, core, [own('swemwbs')])).toEqual([
      { scale: 'swemwbs', why: expect.stringMatching(/by its total\. To ask it line by line the service needs a licence key/) },
    ])
    expect(refuseOwnMeasures(programme, core, [own('mors-sf', { reviewedItems: true })])[0]?.why).toMatch(/in everybody's form already\.$/)
    const checked = extend(swemwbs)
    if (!checked.ok) throw new Error(JSON.stringify(checked.issues))
    const { form } = checked
    expect(isCoreUnchanged(core.outline, form.outline)).toBe(true)
    const uses = measuresIn(programme, form).filter((use) => use.scale.id === 'swemwbs')
    expect(uses).toMatchObject([{ domain: 'wellbeing', items: { q1: 'own_swemwbs_q1' }, typed: { raw: 'swemwbs_total' } }])

    const session = (await openForm(form.xml)).createSession()
    const shown = () => shownQuestions(session.root).map(nameOf)
    const choose = (name: string, values: string[]) =>
      (shownQuestions(session.root).find((one) => nameOf(one) === name) as SelectNode).selectValues(values)
    choose('client_consented', ['yes'])
    expect(shown()).not.toContain('own_swemwbs_q1')
    choose('measures_used', ['swemwbs'])
    expect(shown()).toEqual(expect.arrayContaining(['swemwbs_total', 'own_swemwbs_q1']))
    for (const { code } of swemwbs.scale.items) choose(ownQuestion(swemwbs.scale, { id: code }), ['3'])
    expect(Number(textOf(shownQuestions(session.root).find((one) => nameOf(one) === 'own_swemwbs_raw')!))).toBe(21)
  })

  it('that everybody has, without the wording, adds nothing and is remembered', () => {
    const checked = extend(own('swemwbs', { reviewedItems: true, coreScores: { raw: 'swemwbs_total' } }))
    if (!checked.ok) throw new Error(JSON.stringify(checked.issues))
    expect(checked.form.additions).toMatchObject({ measures: [], resting: [{ scale: { id: 'swemwbs' }, domain: 'wellbeing' }] })
    expect(questionsOf(checked.form.outline).map(({ name }) => name)).toEqual(questionsOf(core.outline).map(({ name }) => name))
  })

  it('makes a sound form of every measure whose key is known', () => {
    const inCore = new Set(programme.measures.map((use) => use.scale.id))
    const known = registry.filter((each) => each.items.length > 0 && !inCore.has(each.id) && toScores(each).length > 0)
    expect(known.length).toBeGreaterThan(10)
    for (const each of known) {
      const checked = extend(own(each.id, { scale: withMadeUpWords(each), reviewedItems: true }))
      expect(checked.ok ? [] : checked.issues.filter(({ severity }) => severity === 'error'), each.id).toEqual([])
    }
  })
})
