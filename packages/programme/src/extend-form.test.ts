import '../../forms/src/engine/test/jsdom.ts'
import { questionsOf } from '@attune/forms'
import { openForm } from '@attune/forms/engine'
import { toScores } from '@attune/measures'
import { describe, expect, it } from 'vitest'
import { digest, readVigDcs, scales } from '../test/vig-dcs.ts'
import { extendForm, isCoreUnchanged, ownQuestion, refuseOwnMeasures, type OwnMeasure } from './extend-form.ts'
import { parseScales } from './parse-scales.ts'
import { getFormOfKind } from './programme.ts'

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
