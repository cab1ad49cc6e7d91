import { addAudit } from './audit-row.ts'
import { checkGeo } from './geo-row.ts'
import { checkRange } from './range-row.ts'
import { checkParameterNames, findWholeNumber, isOneOf, toDraftPlace, type QuestionDraft, type SurveyContext } from './survey-context.ts'

type RowRule = (draft: QuestionDraft, context: SurveyContext) => void

/** What a type's own parameters ask for, beyond the columns that every question has. */
export const rowRules: ReadonlyMap<string, RowRule> = new Map<string, RowRule>([
  ['text', checkText],
  ['photo', checkPhoto],
  ['audio', (draft, context) => checkQuality(draft, context, ['voice-only', 'low', 'normal', 'external'])],
  ['background-audio', checkBackgroundAudio],
  ['start-geopoint', (draft) => void draft.actions.push({ name: 'odk:setgeopoint', event: 'odk-instance-first-load' })],
  ['background-geopoint', checkBackgroundGeopoint],
  ['geopoint', checkGeo],
  ['geoshape', checkGeo],
  ['geotrace', checkGeo],
  ['range', checkRange],
  ['audit', addAudit],
  ['calculate', checkCalculate],
])

function checkText(draft: QuestionDraft, context: SurveyContext): void {
  checkParameterNames(draft, context, ['rows'])
  const rows = draft.parameters.get('rows')
  if (rows === undefined) return
  if (findWholeNumber(rows) === undefined) context.issues.report('parameter-not-whole', toDraftPlace(draft, context, 'parameters'), { name: 'rows' })
  else draft.control.set('rows', rows)
}

function checkPhoto(draft: QuestionDraft, context: SurveyContext): void {
  if (draft.default !== undefined && !draft.isDefaultComputed && !draft.default.includes('jr://images/'))
    draft.default = `jr://images/${draft.default}`
  checkParameterNames(draft, context, ['app', 'max-pixels'])
  const place = toDraftPlace(draft, context, 'parameters')
  const pixels = draft.parameters.get('max-pixels')
  if (pixels === undefined) context.issues.report('image-without-max-pixels', place)
  else if (findWholeNumber(pixels) === undefined) context.issues.report('parameter-not-whole', place, { name: 'max-pixels' })
  else draft.bind.set('orx:max-pixels', pixels)
  const app = draft.parameters.get('app')
  const appearance = draft.control.get('appearance')
  if (app === undefined || (appearance !== undefined && appearance !== 'annotate')) return
  if (isAndroidPackage(app)) draft.control.set('intent', app)
  else context.issues.report('app-name-not-allowed', place, { app })
}

/** Android's rule for package names: two or more parts, each starting with a letter. */
function isAndroidPackage(name: string): boolean {
  const parts = name.split('.')
  return parts.length > 1 && parts.every((part) => /^[a-zA-Z][a-zA-Z0-9_]*$/.test(part))
}

function checkQuality(draft: QuestionDraft, context: SurveyContext, qualities: readonly string[]): string | undefined {
  checkParameterNames(draft, context, ['quality'])
  const quality = draft.parameters.get('quality')
  if (quality === undefined || !isOneOf(draft, context, 'quality', qualities)) return undefined
  if (draft.type === 'audio') draft.bind.set('odk:quality', quality)
  return quality
}

function checkBackgroundAudio(draft: QuestionDraft, context: SurveyContext): void {
  const quality = checkQuality(draft, context, ['voice-only', 'low', 'normal'])
  draft.actions.push({ name: 'odk:recordaudio', event: 'odk-instance-load', ...(quality === undefined ? {} : { quality }) })
}

function checkBackgroundGeopoint(draft: QuestionDraft, context: SurveyContext): void {
  if (draft.triggers.length === 0) context.issues.report('background-geopoint-trigger', toDraftPlace(draft, context, 'trigger'))
  if (draft.bind.has('calculate')) context.issues.report('background-geopoint-calculation', toDraftPlace(draft, context, 'bind', 'calculate'))
}

function checkCalculate(draft: QuestionDraft, context: SurveyContext): void {
  if (!draft.bind.has('calculate') && !draft.isDefaultComputed)
    context.issues.report('calculation-missing', toDraftPlace(draft, context, 'bind', 'calculate'))
}
