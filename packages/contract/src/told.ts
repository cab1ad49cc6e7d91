// Sentences that the server says itself, beside those of the policy: what is missing, why a step was refused, what is in order. Each has a key that
// crosses the wire with what is filled in, so that a screen can say it in another language.
import type { Said, SaidValues } from '@attune/policy'
import { Type } from 'typebox'

type Operator = { readonly operator: string }
type Months = { readonly months: number }
type Count = { readonly count: number }
type Reference = { readonly reference: string }

export const told = {
  'met.programme-open': () => 'The programme takes records.',
  'met.service-live': () => 'Your service takes part.',
  'met.person-enrolled': () => 'You are enrolled as a practitioner.',
  'met.consent-live': () => 'Your consent form is signed.',
  'met.consent-edition': () => 'What is signed covers the edition of the policy in force.',
  'met.terms-accepted': () => 'You accepted the terms in force.',
  'met.device-attested': () => 'You confirmed the device that you record on.',
  'met.training-passed': () => 'You passed the training check.',
  'met.corrective-actions-done': () => 'No training task is overdue.',
  'met.other': () => 'This is in order.',

  'request.filed': ({ reference }: Reference) =>
    `Your service has the request. Give them the reference ${reference}; they will make sure that it is you.`,
  'request.ground-missing': () => 'Say on which ground the data should not be used.',
  'request.code-missing': () => 'Give the client code that the request is about.',
  'request.code-to-add': () => 'Add the client code, so that the right records are looked at.',
  'request.service-missing': () => 'Say which service knows the client.',
  'request.not-for-client': () =>
    'As a practitioner you file requests about your own data. A request for a client is filed by your service lead or data support.',
  'request.nothing-held': () => 'Nothing is held about you yet: you have not signed the consent form. To close your account, ask your service lead.',
  'request.restriction-ground-missing': () => 'Say on which ground the data is restricted.',
  'request.recipient-missing': () => 'Say to whom it goes: a name and their public age key, or another service.',
  'request.cannot-move': () => 'Only a request to pass data on can move it to another service.',
  'request.client-only': () => 'Only a client’s records can be passed on to another service.',
  'request.first-of-service': ({ months }: Months) =>
    `The first request of a service in ${months} months cannot be refused. Seal the package for them.`,
  'request.restricts-nothing': () => 'This request restricts nothing now, so there is nothing to end.',
  'request.correct-first': () => 'Correct the record first. Then the request can be answered with yes.',
  'request.held-by-another': () => 'Another request holds this client’s data. Decide that one first.',
  'request.decided': () => 'This was decided already.',

  'correction.none': () => 'Say which answers to correct.',
  'correction.other-client': () => 'This record is not of the client that the request is about.',
  'correction.needs-request': () => 'A correction needs an open request about a client, and the service must have confirmed who asks.',
  'correction.consent': () =>
    'What a client agreed to is no answer to correct: it changes only when consent is given anew, on a sheet signed for the next session, or taken back by a request. Nothing was changed.',
  'correction.fixed': () => 'Some of these answers cannot be corrected. Nothing was changed.',

  'move.no-record': () => 'No record of this client has come yet, so there is nothing to pass on.',
  'move.not-live': () => 'Records can be passed on only to another service that is live here.',
  'move.code-misfit': () => 'The code does not fit the pattern of the other service. Ask them for a code of theirs first.',
  'move.code-taken': () => 'The other service uses this code for somebody already. Ask them for another code first.',

  'code.other-request': ({ reference }: Reference) => `Request ${reference} asks for another practitioner or another day.`,
  'access.own': () => 'Somebody else has to look at your own access. Nothing was changed.',
  'invite.lead': ({ operator }: Operator) =>
    `As a service lead you may invite practitioners. Whom you want as data support you nominate; ${operator} gives the access.`,
  'invite.sign-in-first': () => 'You already have an account. Sign in first, then open the invitation again.',
  'sign-in.no-role': () => 'This person has no role any more. Invite them instead.',

  'breach.lead': ({ operator }: Operator) => `As a service lead you record what happened; ${operator} looks into accounts.`,
  'breach.told-already': () => 'The people concerned were told already. Nothing was changed.',
  'breach.still-counting': () => 'The records of some services are still being looked through. Try again in a minute. Nothing was changed.',
  'audit.scanning': () => 'The texts are still being checked by the machine. Nothing was changed.',
  'audit.left': ({ count }: Count) => `${count} ${count === 1 ? 'text needs' : 'texts need'} a verdict first. Nothing was changed.`,

  'retention.reason-missing': () => 'Say in a sentence why.',
  'retention.no-records': () => 'There are no records with sessions between these days.',
  'report.not-yours': () => 'The report of one service is for the service itself. Open the national report instead.',
  'report.not-released': () =>
    'That quarter is not released yet. Its numbers are shown some days after its end, so that nobody can be picked out day by day.',
  'report.selections': () => 'Selections for a report are saved by services, each for itself.',
} as const satisfies { readonly [key: string]: (values: never) => string }

export type ToldKey = keyof typeof told
export const toldKeys = Object.keys(told) as ToldKey[]
export const isToldKey = (key: string): key is ToldKey => Object.hasOwn(told, key)
type Fill<K extends ToldKey> = Parameters<(typeof told)[K]> extends [infer V] ? [values: V] : []

/**
 * A sentence in English, with its key and what is filled in.
 * @example tell('audit.left', { count: 2 }) // { detail: '2 texts need a verdict first. …', said: { key: 'audit.left', values: { count: 2 } } }
 */
export function tell<K extends ToldKey>(key: K, ...fill: Fill<K>): { detail: string; said: Said } {
  const values = (fill[0] ?? {}) as SaidValues
  return { detail: (told[key] as (values: unknown) => string)(values), said: { key, values } }
}

/** How a key and what is filled in cross the wire, beside the English sentence. */
export const SaidWire = Type.Object(
  { key: Type.String(), values: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])) },
  { additionalProperties: false, description: 'the key of the sentence and what is filled in, to say it in another language' },
)
