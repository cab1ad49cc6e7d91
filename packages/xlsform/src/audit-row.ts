import { checkParameterNames, findWholeNumber, isOneOf, toDraftPlace, type QuestionDraft, type SurveyContext } from './survey-context.ts'

const priority = 'location-priority'
const interval = 'location-min-interval'
const age = 'location-max-age'

/** The log of how a form was filled in, which phones keep: its parameters become attributes of the bind. */
export function addAudit(draft: QuestionDraft, context: SurveyContext): void {
  checkParameterNames(draft, context, ['identify-user', age, interval, priority, 'track-changes', 'track-changes-reasons'])
  const allowed: readonly (readonly [string, readonly string[]])[] = [
    ['track-changes', ['true', 'false']],
    ['track-changes-reasons', ['on-form-edit']],
    ['identify-user', ['true', 'false']],
  ]
  for (const [name, words] of allowed) {
    const value = draft.parameters.get(name)
    if (value !== undefined && isOneOf(draft, context, name, words)) draft.bind.set(`odk:${name}`, value)
  }
  if ([priority, interval, age].some((name) => draft.parameters.has(name))) addLocation(draft, context)
}

/** Location is recorded only when all three of its parameters are there, and never older than the pause between two readings. */
function addLocation(draft: QuestionDraft, context: SurveyContext): void {
  const place = toDraftPlace(draft, context, 'parameters')
  const { report } = context.issues
  const [wish, least, most] = [draft.parameters.get(priority), draft.parameters.get(interval), draft.parameters.get(age)]
  if (wish === undefined || least === undefined || most === undefined) {
    report('audit-location-incomplete', place)
    return
  }
  if (!isOneOf(draft, context, priority, ['no-power', 'low-power', 'balanced', 'high-accuracy'])) return
  const [seconds, oldest] = [findWholeNumber(least), findWholeNumber(most)]
  if (seconds === undefined || seconds < 0) report('parameter-not-whole', place, { name: interval })
  if (oldest === undefined || oldest < 0) report('parameter-not-whole', place, { name: age })
  if (seconds !== undefined && oldest !== undefined && oldest < seconds) report('audit-location-too-old', place)
  draft.bind.set(`odk:${age}`, most).set(`odk:${interval}`, least).set(`odk:${priority}`, wish)
}
