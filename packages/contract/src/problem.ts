// The one catalogue of problems (RFC 9457). A code is never reused; a sentence says what happened and what to do next, and never
// holds an answer or an identity. The server answers with these; screens may word them again per language by code.
import { SaidWire } from './told.ts'
import type { Said } from '@attune/policy'
import { Type, type Static } from 'typebox'

type ProblemKind = { readonly status: number; readonly title: string; readonly next: string }

export const problems = {
  'not-signed-in': { status: 401, title: 'You are not signed in.', next: 'Sign in and try again.' },
  'sign-in-failed': {
    status: 401,
    title: 'That e-mail address and password do not match.',
    next: 'Check both and try again, or ask your service lead for a new invitation.',
  },
  'code-refused': { status: 401, title: 'That code was not accepted.', next: 'Wait for the next code in your authenticator app and type it once.' },
  'passkey-refused': { status: 401, title: 'That passkey was not accepted.', next: 'Try again, or use your password and authenticator app.' },
  'provider-refused': {
    status: 401,
    title: 'That sign-in was not accepted.',
    next: 'Begin again from the sign-in page. If it stays like this, sign in in another way and tell whoever runs this server.',
  },
  'provider-unknown': {
    status: 403,
    title: 'This sign-in is not connected to an account here.',
    next: 'Open your invitation and choose it there, or sign in in another way and connect it in your settings.',
  },
  'provider-taken': {
    status: 409,
    title: 'This sign-in is connected to another account.',
    next: 'Nothing was changed. Disconnect it there first.',
  },
  'provider-away': {
    status: 503,
    title: 'The sign-in of your organisation does not answer.',
    next: 'Nothing was lost. Try again in a few minutes, or sign in in another way.',
  },
  'last-way-in': {
    status: 409,
    title: 'You would have no way to sign in.',
    next: 'Nothing was changed. Add a passkey first, then disconnect this.',
  },
  'second-factor-needed': {
    status: 403,
    title: 'This needs your second sign-in step.',
    next: 'Finish signing in with your passkey or authenticator app.',
  },
  'step-up-needed': {
    status: 403,
    title: 'Please confirm that it is you.',
    next: 'Sign in again; this action needs a sign-in from the last five minutes.',
  },
  'too-many-tries': { status: 429, title: 'There were too many tries.', next: 'Wait a few minutes, then try again.' },
  'invitation-unknown': {
    status: 404,
    title: 'This invitation cannot be used.',
    next: 'It may be used up or out of date. Ask the person who invited you for a new one.',
  },
  'password-weak': {
    status: 422,
    title: 'That password is too easy to guess.',
    next: 'Use at least 15 characters; three or four unrelated words work well.',
  },
  'not-allowed': { status: 403, title: 'You may not do this.', next: 'Your role does not include it. Ask your service lead if you think it should.' },
  'purpose-refused': {
    status: 403,
    title: 'That is not a purpose of the policy.',
    next: 'Records may be read only for a purpose that the policy lists.',
  },
  'not-found': { status: 404, title: 'There is nothing here that you may see.', next: 'Check the address, or go back to your home page.' },
  'method-unknown': { status: 405, title: 'This address does not take that kind of request.', next: 'See /api/openapi.json.' },
  'origin-refused': { status: 403, title: 'The request came from another site.', next: 'Open Attune itself and try again.' },
  'insecure-connection': { status: 403, title: 'Attune answers over an encrypted connection only.', next: 'Use the https address.' },
  'request-malformed': { status: 400, title: 'The request could not be read.', next: 'Nothing was stored.' },
  'request-invalid': {
    status: 400,
    title: 'The request has a field that is missing, unknown or of the wrong kind.',
    next: 'Nothing was stored. See the list of fields.',
  },
  'media-type-unknown': { status: 415, title: 'The request is of a kind that is not taken here.', next: 'Nothing was stored.' },
  'too-large': { status: 413, title: 'That is larger than Attune takes.', next: 'Nothing was stored. Make the pictures smaller and send again.' },
  'submission-malformed': { status: 400, title: 'The form could not be read.', next: 'Nothing was stored. Your answers are still on your device.' },
  'submission-invalid': {
    status: 422,
    title: 'Some answers do not fit the form.',
    next: 'Nothing was stored. Open the draft, look at the questions named, and send again.',
  },
  'submission-changed': {
    status: 409,
    title: 'This record was sent before with other answers.',
    next: 'The first one was kept. Ask the operator of the programme for a correction if it is wrong.',
  },
  'form-unknown': { status: 404, title: 'There is no such form.', next: 'Reload Attune to get the forms of today.' },
  'form-version-unknown': {
    status: 422,
    title: 'This version of the form is not known here.',
    next: 'Nothing was stored. Reload Attune; your draft stays on your device.',
  },
  'form-closed': { status: 403, title: 'This form no longer takes answers.', next: 'Nothing was stored. Ask your service lead what to use instead.' },
  'form-version-taken': {
    status: 409,
    title: 'There is a form with this version already.',
    next: 'Nothing was changed. Give your form the next version.',
  },
  'form-last-version': {
    status: 409,
    title: 'This is the version that is in use.',
    next: 'Nothing was changed. Publish the version that follows it first, then close this one.',
  },
  'form-draft-decided': {
    status: 409,
    title: 'Somebody has decided about this draft already.',
    next: 'Nothing was changed. Look at the list of forms.',
  },
  'form-draft-outdated': {
    status: 409,
    title: 'The form that everybody has changed since this was handed in.',
    next: 'Nothing was changed. Withdraw this draft and hand it in again.',
  },
  'second-person-same': {
    status: 403,
    title: 'Whoever asks for something cannot also be the one who agrees to it.',
    next: 'Nothing was changed. Ask another administrator to look at it.',
  },
  'breach-closed': { status: 409, title: 'This incident is closed.', next: 'Nothing was changed. Record a new one if something else has happened.' },
  'breach-not-ready': { status: 409, title: 'This cannot be done with the incident yet.', next: 'Nothing was changed.' },
  'audit-unjudged': {
    status: 409,
    title: 'This audit has texts without a verdict.',
    next: 'Nothing was changed. Give each of them a verdict first.',
  },
  'audit-closed': { status: 409, title: 'This audit is closed.', next: 'Nothing was changed.' },
  'audit-text-judged': {
    status: 409,
    title: 'Somebody has given a verdict on this text already.',
    next: 'Nothing was changed. Go on with the next one.',
  },
  'record-changed': {
    status: 409,
    title: 'The record was changed a moment ago.',
    next: 'Nothing was changed by you. Load it again and look once more.',
  },
  'measure-unknown': {
    status: 404,
    title: 'There is no such measure.',
    next: 'Choose one of the list, or ask the operator of the programme to add it.',
  },
  'measure-not-own': {
    status: 404,
    title: 'This service has no such measure of its own.',
    next: 'Nothing was changed. Load the page again: somebody may have taken it out already.',
  },
  'measure-refused': { status: 422, title: 'This measure cannot be added.', next: 'Nothing was changed. Choose another one.' },
  'device-limit': { status: 409, title: 'You have ten apps connected.', next: 'Disconnect one that you no longer use first.' },
  'device-unknown': {
    status: 401,
    title: 'This app is not connected to Attune.',
    next: 'Nothing was stored; your forms stay on the phone. Sign in to Attune, open Connected apps and connect it again.',
  },
  'read-token-unknown': {
    status: 401,
    title: 'This token opens nothing.',
    next: 'Sign in to Attune, open the page of your connected programs and connect this one again.',
  },
  'device-scope': {
    status: 403,
    title: 'A connected app sends session records only.',
    next: 'Nothing was stored. Open Attune in the browser for this form.',
  },
  'programme-wrong': {
    status: 404,
    title: 'This form belongs to another programme.',
    next: 'Nothing was stored. Check that you are at the right address.',
  },
  'programme-closed': { status: 403, title: 'This programme takes no answers now.', next: 'Nothing was stored.' },
  'consent-missing': {
    status: 403,
    title: 'Your own consent form is not signed, or there is a new edition to sign.',
    next: 'Sign it from your home page; your draft stays on your device.',
  },
  'client-consent-missing': {
    status: 422,
    title: 'The client’s signed consent is not confirmed.',
    next: 'Nothing was stored. Confirm it on the first page, or use the paper form.',
  },
  'terms-missing': {
    status: 403,
    title: 'The terms are not accepted yet.',
    next: 'Accept them from your home page; your draft stays on your device.',
  },
  'device-not-attested': {
    status: 403,
    title: 'Your word on the device that you record on has run out.',
    next: 'Sign the practitioner consent again from your home page; your draft stays on your device.',
  },
  'training-missing': {
    status: 403,
    title: 'The short training check is not done yet.',
    next: 'Do it from your home page; your draft stays on your device.',
  },
  'service-not-live': { status: 409, title: 'This service is not switched on yet.', next: 'Its lead has to accept the processor terms first.' },
  'client-code-refused': {
    status: 422,
    title: 'That client code cannot be used.',
    next: 'Check each symbol, or make a new one. A code must not be a name, a date or a number that others use for the client.',
  },
  'policy-changed': {
    status: 409,
    title: 'The policy was changed since you read it.',
    next: 'Nothing was stored. Open the consent form again: it shows the policy as it is now.',
  },
  'email-not-business': {
    status: 422,
    title: 'That is not a work address of this service.',
    next: 'Use the e-mail address that the service gave, not a private one.',
  },
  'grant-limit': {
    status: 409,
    title: 'This service has as many people with data access as the policy allows.',
    next: 'Nothing was changed. End one of these accesses first.',
  },
  'nomination-missing': {
    status: 409,
    title: 'The service has not put this person forward.',
    next: 'Nothing was changed. Ask its service lead to nominate them first.',
  },
  'already-exists': { status: 409, title: 'That already exists.', next: 'Nothing was changed.' },
  'code-request-too-early': { status: 409, title: 'You have not sent a record in this service yet.', next: 'So there is no code to find.' },
  'code-request-answered': { status: 409, title: 'Somebody has answered this already.', next: 'Open the list again.' },
  'code-not-of-request': {
    status: 422,
    title: 'That code was not sent by this practitioner with that session day.',
    next: 'Choose one of the codes that the search found.',
  },
  'link-list-missing': {
    status: 422,
    title: 'Say where your service keeps the list of codes, and who keeps it.',
    next: 'Fill in both. A name of the place and a role are enough; the list itself never comes here.',
  },
  'responsibility-missing': {
    status: 422,
    title: 'A download needs your service to accept responsibility for the copy.',
    next: 'Tick the box and try again.',
  },
  'request-names-person': {
    status: 422,
    title: 'This seems to name somebody, or to say more than it should.',
    next: 'Nothing was saved. Write it again with the client code alone, without names, addresses, dates of birth or numbers that others use.',
  },
  'request-day-refused': {
    status: 422,
    title: 'That day cannot be right.',
    next: 'Nothing was changed. Give a day that is not in the future and not before the programme began.',
  },
  'request-step-refused': { status: 409, title: 'This step cannot be taken now.', next: 'Nothing was changed. Look at the request again.' },
  'request-incomplete': { status: 422, title: 'Something is missing.', next: 'Nothing was changed. Fill in what is named and try again.' },
  'recipient-key-refused': {
    status: 422,
    title: 'That is not a public age key.',
    next: 'Nothing was changed. Ask the recipient for the line that begins with age1.',
  },
  'client-erased': {
    status: 403,
    title: 'This client asked to be taken out, so nothing more is taken in under this code.',
    next: 'Nothing was stored. Delete the draft. If the client wants to take part again, begin with a new code.',
  },
  'retention-refused': { status: 409, title: 'The policy does not allow this.', next: 'Nothing was changed.' },
  'slice-refused': { status: 403, title: 'These numbers could point at a single family.', next: 'Ask for a wider group or a longer period.' },
  'demo-only': { status: 404, title: 'One-click sign-in exists only in the demo.', next: 'Sign in with your passkey or password.' },
  'database-away': {
    status: 503,
    title: 'The database does not answer just now.',
    next: 'Nothing was stored. Your answers stay on your device and are sent again by themselves.',
  },
  'backup-not-set-up': {
    status: 409,
    title: 'Backups are not set up yet.',
    next: 'Whoever runs the server names the people and places in the settings; docs/guides/operations.md says how.',
  },
  'backup-under-way': { status: 409, title: 'A backup is being made already.', next: 'Wait until it is verified. This page shows it.' },
  'file-refused': {
    status: 422,
    title: 'A file did not pass the check for harmful software.',
    next: 'Nothing was stored. Take the file out of the form, and have the device it came from looked at.',
  },
  'scanner-away': {
    status: 503,
    title: 'Files cannot be checked for harmful software just now.',
    next: 'Nothing was stored. Your answers stay on your device; try again in a few minutes.',
  },
  'keys-away': { status: 503, title: 'The keys cannot be reached just now.', next: 'Nothing was stored. Try again in a minute.' },
  unexpected: { status: 500, title: 'Something went wrong on our side.', next: 'Nothing was stored. Tell us the number below if it happens again.' },
} as const satisfies { readonly [code: string]: ProblemKind }

export type ProblemCode = keyof typeof problems
export const problemCodes = Object.keys(problems) as ProblemCode[]

/** What goes over the wire as application/problem+json. `fields` name places (a JSON pointer or a question's name), never values. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'urn:attune:problem:<code>' }),
    code: Type.Enum(problemCodes),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'what to do next' }),
    said: Type.Optional(SaidWire),
    fields: Type.Optional(Type.Array(Type.Object({ place: Type.String(), why: Type.String() }, { additionalProperties: false }))),
    instance: Type.Optional(Type.String({ description: 'the number of a fault, to tell us' })),
  },
  { additionalProperties: false },
)
export type Problem = Static<typeof Problem>

/** The key of a detail that is in English only. */
export const asWritten = 'as-written'

/** The wire form of a problem. `detail` with its key comes from `tell` or from a decision of the policy. */
export function toProblem(code: ProblemCode, more: { fields?: Problem['fields']; instance?: string; detail?: string; said?: Said } = {}): Problem {
  const { status, title, next } = problems[code]
  const wire: Problem = { type: `urn:attune:problem:${code}`, code, title, status, detail: more.detail ?? next }
  // A detail of its own that has no key is shown as it stands, whatever the language.
  if (more.detail !== undefined) wire.said = { key: more.said?.key ?? asWritten, values: { ...more.said?.values } }
  if (more.fields !== undefined) wire.fields = more.fields
  if (more.instance !== undefined) wire.instance = more.instance
  return wire
}
