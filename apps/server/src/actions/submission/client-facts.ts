// What the server itself has to know of a client session form; everything else in it stays sealed.
import type { Answers, AnswerValue } from '@attune/forms'
import type { ClientRecordQuestions } from '@attune/programme'
import type { Attestation } from '@attune/policy'

export type ClientFacts = {
  readonly attestation: Attestation | undefined
  readonly code: string
  readonly codeSource: 'service' | 'form'
  readonly sessionOn: string
  readonly timePoint: string
  readonly ageGroup: string
  readonly serviceCopy: boolean
}

const text = (value: AnswerValue | undefined) => (typeof value === 'string' ? value : '')
const isConfirmed = (value: AnswerValue | undefined) => value === true || value === 'OK' || value === 'yes' || value === 'true'

/** Reads the answers of a form whose shape was checked. `edition` is the policy edition that the form was published under. */
export function toClientFacts(questions: ClientRecordQuestions, answers: Answers, edition: string): ClientFacts {
  const consented = text(answers[questions.clientConsent]) === 'yes'
  return {
    attestation: consented
      ? {
          consented,
          signedOn: text(answers[questions.signedOn]),
          policyEdition: edition,
          heldByService: isConfirmed(answers[questions.heldByService]),
        }
      : undefined,
    code: text(answers[questions.clientCode]),
    codeSource: text(answers[questions.codeSource]) === 'form' ? 'form' : 'service',
    sessionOn: text(answers[questions.sessionOn]),
    timePoint: text(answers[questions.timePoint]),
    ageGroup: text(answers[questions.ageGroup]),
    serviceCopy: text(answers[questions.serviceCopy]) === 'yes',
  }
}
