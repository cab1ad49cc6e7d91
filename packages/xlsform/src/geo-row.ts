import { checkParameterNames, findNumber, isOneOf, toDraftPlace, type QuestionDraft, type SurveyContext } from './survey-context.ts'
import { findYesNo } from './settings-sheet.ts'

/** Places and lines on a map: how exact they must be, and from which places a person may choose. */
export function checkGeo(draft: QuestionDraft, context: SurveyContext): void {
  const place = toDraftPlace(draft, context, 'parameters')
  const { report } = context.issues
  if (draft.type === 'geopoint') {
    checkParameterNames(draft, context, ['allow-mock-accuracy', 'capture-accuracy', 'reference-geometry', 'warning-accuracy'])
    for (const [name, attribute] of [
      ['capture-accuracy', 'accuracyThreshold'],
      ['warning-accuracy', 'unacceptableAccuracyThreshold'],
    ] as const) {
      const value = draft.parameters.get(name)
      if (value === undefined) continue
      if (findNumber(value) === undefined) report('parameter-not-number', place, { name })
      else draft.control.set(attribute, value)
    }
  } else {
    checkParameterNames(draft, context, ['allow-mock-accuracy', 'incremental', 'reference-geometry'])
    const incremental = draft.parameters.get('incremental')
    if (incremental !== undefined && findYesNo(incremental) !== true)
      report('parameter-not-one-of', place, { name: 'incremental', value: incremental, allowed: 'true' })
    else if (incremental !== undefined) draft.control.set('incremental', 'true')
  }
  const mock = draft.parameters.get('allow-mock-accuracy')
  if (mock !== undefined && isOneOf(draft, context, 'allow-mock-accuracy', ['true', 'false'])) draft.bind.set('odk:allow-mock-accuracy', mock)
  const target = draft.parameters.get('reference-geometry')
  if (target === undefined) return
  draft.itemset = target
  context.geometryTargets.push({ target, place, row: draft.row.number })
}
