// Everything about a client session form that can be said before it is known who the client is: the facts, the code, the scores.
import { checkClientCode, toClientCode, type Attestation } from '@attune/policy'
import { measuresIn, type ClientRecordForm } from '@attune/programme'
import type { Attune } from '../../attune.ts'
import { raise, telling } from '../../problems.ts'
import type { SealedRecord } from '../../store/records/submit-record.ts'
import type { Acting } from '../acting.ts'
import type { Standing } from '../standing/get-standing.ts'
import { toClientFacts } from './client-facts.ts'
import { countedQuestions, toCountedChoices } from './counted-choices.ts'
import { scoreAnswers, type ScoredAnswers } from './score-answers.ts'
import type { Submission } from './submission.ts'

type Known = 'serviceId' | 'accountId' | 'recordId' | 'codeHash' | 'codeSource' | 'programmeId' | 'formId' | 'formVersion' | 'policyVersion'
type Read = 'sessionOn' | 'timePoint' | 'ageGroup' | 'serviceCopy' | 'contentHash' | 'scales' | 'scores' | 'choices'

/** What goes into the row in clear or hashed, and beside it what is still to be sealed. */
export type PreparedRecord = {
  readonly attestation: Attestation
  readonly code: string
  readonly answers: ScoredAnswers['answers']
  readonly row: Pick<SealedRecord, Known | Read>
}

/** Raises `client-consent-missing`, `client-code-refused` or, for scores out of range, `submission-invalid`. */
export function prepareClientRecord(
  attune: Attune,
  acting: Acting,
  { parcel, form, reading, instanceId }: Submission<ClientRecordForm>,
  { service }: Standing,
): PreparedRecord {
  const { programme, keyring } = attune
  const { attestation, codeSource, sessionOn, timePoint, ageGroup, serviceCopy, ...facts } = toClientFacts(
    form.questions,
    reading.answers,
    programme.policyVersion.edition,
  )
  if (attestation === undefined) raise('client-consent-missing')
  const symbols = programme.policy.values.clientCodeSymbols
  const decision = checkClientCode(facts.code, { source: codeSource, symbols, ...(service.codePattern !== null && { pattern: service.codePattern }) })
  if (!decision.allowed) raise('client-code-refused', telling(decision))
  const { scales, scores, answers, refused } = scoreAnswers(measuresIn(programme, form), reading.answers)
  if (refused.length > 0)
    raise('submission-invalid', { fields: refused.map((place) => ({ place, why: 'The score is outside the range of its measure.' })) })
  const code = toClientCode(facts.code, codeSource)
  const { serviceId, accountId } = acting
  return {
    attestation,
    code,
    answers,
    row: {
      serviceId,
      accountId,
      recordId: instanceId,
      codeHash: keyring.lookupHash('code', serviceId, code),
      codeSource,
      programmeId: programme.id,
      formId: form.id,
      formVersion: form.version,
      policyVersion: programme.policyVersion.text,
      sessionOn,
      timePoint,
      ageGroup,
      serviceCopy,
      contentHash: keyring.lookupHash('submission', serviceId, parcel.xml),
      scales,
      scores,
      choices: toCountedChoices(countedQuestions(programme, form), form.questions, answers),
    },
  }
}
