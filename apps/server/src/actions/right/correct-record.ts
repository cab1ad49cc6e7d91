// Correcting a record for a request: named answers, a reason, and a trail that keeps keyed hashes in place of the words (DCS-072, DCS-055).
import { randomUUID } from 'node:crypto'
import { neverCorrected, tell, type BodyOf } from '@attune/contract'
import { readSubmission, type XmlElement } from '@attune/forms'
import { may } from '@attune/policy'
import { measuresIn, type ClientRecordForm } from '@attune/programme'
import type { Attune } from '../../attune.ts'
import { raise, telling } from '../../problems.ts'
import { forgetMarks } from '../../store/audits/audit-texts.ts'
import { open, seal } from '../../store/keyring/seal.ts'
import { logEvent } from '../../store/log-event.ts'
import { answersPlace, correctionPlace, xmlPlace } from '../../store/records/places.ts'
import { findSealedForm, replaceSealedForm } from '../../store/records/sealed-form.ts'
import { addCorrection } from '../../store/rights/corrections.ts'
import { findRequest, withClientOfCode, type RequestRow } from '../../store/rights/requests.ts'
import { changeScores } from '../../store/sums/change-scores.ts'
import { withActor } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { findPublishedForm } from '../form/form-shelf.ts'
import { toLatestDay } from '../london-day.ts'
import { alterXml } from '../record/alter-xml.ts'
import { toClientFacts } from '../submission/client-facts.ts'
import { countedQuestions, toCountedChoices } from '../submission/counted-choices.ts'
import { readXml } from '../submission/read-xml.ts'
import { writeXml } from '../submission/write-xml.ts'
import { scoreAnswers } from '../submission/score-answers.ts'
import { checkWords } from '../check-words.ts'

type Order = BodyOf<'POST /api/records/:recordId/correction'>

export async function correctRecord(
  attune: Attune,
  acting: Acting,
  recordId: string,
  { requestId, reason, answers }: Order,
): Promise<{ recordId: string; fields: string[] }> {
  const { databases, keyring, clock, programme } = attune
  const fields = Object.keys(answers)
  if (fields.length === 0) raise('request-incomplete', { ...tell('correction.none'), fields: [{ place: '/answers', why: 'is missing' }] })
  checkWords({ reason, ...Object.fromEntries(Object.entries(answers).map(([name, value]) => [`answers/${name}`, value ?? undefined])) })
  await withActor(databases.attune, { role: 'system', accountId: acting.accountId }, 'correct', async (trx) => {
    const request = await withClientOfCode(trx, (await findRequest(trx, requestId, true)) ?? raise('not-found'))
    allow(attune, acting, request)
    const row = await findSealedForm(trx, recordId)
    if (row === undefined || row.serviceId !== request.service_id || row.clientId !== request.client_id)
      raise('request-step-refused', tell('correction.other-client'))
    const { serviceId, clientId } = row
    const key = (await keyring.findClientKeys(serviceId, [clientId])).get(clientId) ?? raise('not-found')
    const place = { recordId, clientId }
    const sent = readXml(open(key, xmlPlace(place), row.xmlSealed))
    if ('refused' in sent) throw new Error(`The sealed form of record ${recordId} is not XML.`)
    const altered = alterXml(sent.root, answers)
    const form = await findPublishedForm(attune, row.formId, row.formVersion)
    if (form?.kind !== 'client-record') raise('form-version-unknown')
    refuseFixed(form, altered.unknown, fields)
    const corrected = readAgain(attune, form, altered.root)

    await replaceSealedForm(trx, {
      serviceId,
      recordId,
      sessionOn: corrected.sessionOn,
      xmlSealed: seal(key, xmlPlace(place), Buffer.from(writeXml(altered.root))),
      answersSealed: seal(key, answersPlace(place), Buffer.from(JSON.stringify(corrected.answers))),
    })
    await forgetMarks(trx, { serviceId, recordId, questions: fields })
    const { sessionOn, timePoint, ageGroup, scales, scores, choices } = corrected
    await changeScores(trx, {
      kind: 'change',
      record: { serviceId, recordId },
      to: { sessionOn, timePoint: timePoint as 'before', ageGroup, scales, scores, choices },
    })
    const mark = (field: string, value: string) => keyring.lookupHash('answer', serviceId, `${recordId}|${field}|${value}`)
    for (const field of fields) {
      const correctionId = randomUUID()
      await addCorrection(trx, {
        service_id: serviceId,
        correction_id: correctionId,
        record_id: recordId,
        request_id: request.request_id,
        field,
        before_hash: mark(field, altered.before[field] ?? ''),
        after_hash: mark(field, answers[field] ?? ''),
        reason_sealed: keyring.sealIdentity(correctionPlace(correctionId), reason),
        made_by: acting.accountId,
        made_at: clock.now(),
      })
    }
    await logEvent(trx, {
      serviceId,
      accountId: acting.accountId,
      role: acting.role,
      action: 'record.correct',
      purpose: 'correct',
      outcome: 'done',
      detail: {
        recordId,
        reference: request.reference,
        fields: [...fields],
        before: fields.map((field) =>
          mark(field, altered.before[field] ?? '')
            .toString('hex')
            .slice(0, 16),
        ),
      },
    })
  })
  return { recordId, fields }

  function readAgain(of: Attune, form: ClientRecordForm, root: XmlElement) {
    const reading = readSubmission(form.outline, root, { latestDay: toLatestDay(clock.now()) })
    if (reading.issues.length > 0) raise('submission-invalid', { fields: reading.issues.map(({ path, message }) => ({ place: path, why: message })) })
    const facts = toClientFacts(form.questions, reading.answers, programme.policyVersion.edition)
    const scored = scoreAnswers(measuresIn(programme, form), reading.answers)
    if (scored.refused.length > 0)
      raise('submission-invalid', { fields: scored.refused.map((place) => ({ place, why: 'The score is outside the range of its measure.' })) })
    return { ...facts, ...scored, choices: toCountedChoices(countedQuestions(of.programme, form), form.questions, scored.answers) }
  }
}

function allow({ programme }: Attune, { role }: Acting, request: RequestRow): void {
  const decision = may(programme.policy, { role, secondFactor: true }, 'record.correct', { purpose: 'correct', request: request.reference })
  if (!decision.allowed) raise('not-allowed', telling(decision))
  if (request.state !== 'confirmed' || request.subject !== 'client') raise('request-step-refused', tell('correction.needs-request'))
}

/** Who the client is, and what they agreed to, is not a matter of correction. */
function refuseFixed({ questions }: ClientRecordForm, unknown: readonly string[], fields: readonly string[]): void {
  const client = new Set<string>(neverCorrected.client.map((role) => questions[role]))
  const consent = new Set<string>(neverCorrected.consent.map((role) => questions[role]))
  const wrong = [
    ...unknown.map((field) => [field, 'is not a question that this record answers once'] as const),
    ...fields.filter((field) => client.has(field)).map((field) => [field, 'says which client it is, and cannot be corrected here'] as const),
    ...fields.filter((field) => consent.has(field)).map((field) => [field, 'says what the client agreed to, and cannot be corrected here'] as const),
  ]
  if (wrong.length > 0)
    raise('request-incomplete', {
      ...tell(fields.some((field) => consent.has(field)) ? 'correction.consent' : 'correction.fixed'),
      fields: wrong.slice(0, 20).map(([, why], at) => ({ place: `/answers/${at + 1}`, why })),
    })
}
