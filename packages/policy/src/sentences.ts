// Why the policy says no, one sentence per key. A decision carries its key and what is filled in beside the English sentence, so that a screen
// can say the same in another language. The part of a key before the first full stop is the decision's code; more than one sentence may share it.
import { actWords, type Act } from './act.ts'
import { dayWords } from './day.ts'
import { roleLabels, type Role } from './role.ts'

/** What is filled into a sentence: codes, days (YYYY-MM-DD), numbers and labels of the policy; never an answer or an identity. */
export type SaidValues = { readonly [name: string]: string | number }

type WhoWhat = { readonly role: Role; readonly act: Act }
type What = { readonly act: Act }
type Day = { readonly day: string }
type Label = { readonly purpose: string }

const article = (role: Role): string => (/^[aeiou]/.test(roleLabels[role]) ? `an ${roleLabels[role]}` : `a ${roleLabels[role]}`)
const notWho = 'A code must not say who the client is.'

export const sentences = {
  'act-unknown': () => 'This is not something that can be asked for here.',
  'act-not-granted': ({ role, act }: WhoWhat) => `As ${article(role)} you may not ${actWords[act]}. The policy does not give this to your role.`,
  'second-factor-missing': ({ act }: What) => `To ${actWords[act]} you must first confirm your sign-in with your second step.`,
  'service-missing': ({ act }: What) => `To ${actWords[act]} you must belong to a service.`,
  'not-your-own': ({ role, act }: WhoWhat) => `As ${article(role)} you may ${actWords[act]} only for yourself.`,
  'service-not-yours': ({ role, act }: WhoWhat) => `As ${article(role)} you may ${actWords[act]} only within your own service.`,
  'purpose-missing': ({ act }: What) => `Say what it is for: to ${actWords[act]} you must choose a purpose from the policy.`,
  'purpose-missing.at-door': () => 'Say what it is for: choose a purpose from the policy.',
  'purpose-not-for-this': ({ purpose, act }: Label & What) => `The purpose "${purpose}" does not cover this. You may not ${actWords[act]} for it.`,
  'purpose-unknown': ({ purpose }: Label) => `The policy has no purpose called "${purpose}", so nothing may be done for it.`,
  'purpose-not-yours': ({ purpose }: Label) => `The purpose "${purpose}" is not one that your role may use.`,
  'request-missing': ({ act }: What) => `To ${actWords[act]} you need a rights request that asks for it. Open the request first.`,
  'request-missing.purpose': ({ purpose }: Label) => `The purpose "${purpose}" needs a rights request. Open the request first.`,
  'second-person-missing': ({ act }: What) => `To ${actWords[act]} a second person must agree.`,
  'second-person-same': () => 'The person who asked cannot also be the one who agrees. Ask a colleague to agree.',
  'second-person-same.request': () => 'Whoever proposed the decision cannot also be the one who agrees. Ask a colleague.',

  'form-kind-unknown': () => 'The policy does not say when this form may be sent, so it may not.',
  'programme-open': () => 'This programme is not open, so nothing can be sent. What you wrote stays on this device.',
  'service-live': () => 'Your service is not open in this programme. Ask your service lead.',
  'person-enrolled': () => 'You are not enrolled as a practitioner. Ask your service lead to invite you.',
  'consent-live.none': () => 'Sign the practitioner consent first.',
  'consent-live.ended': () => 'Your consent has ended. Sign the practitioner consent again to go on.',
  'consent-edition': () => 'There is a new edition of the policy. Read it and sign again to go on.',
  'terms-accepted': () => 'There is a new version of the terms of use. Read and sign it to go on.',
  'device-attested': () =>
    'Confirm again that you record on a device of your service, locked and encrypted. It is part of the practitioner consent: sign it again.',
  'training-passed': () => 'The training is missing. Take it first: it lasts a few minutes.',
  'corrective-actions-done': () => 'A training task from an audit is overdue. Finish it to go on.',
  'client-consent': () => 'The client has not given consent, so nothing may be sent. You can use the printed form and keep it in your service.',
  'attestation-day': () => 'Say on which day the client signed. The day cannot be in the future.',
  'attestation-edition': () =>
    'The client signed for an edition of the policy that is not known here. Get a new form and ask the client to sign the edition in force.',
  'attestation-held': () => 'Confirm that your service holds the signed paper.',

  'client-code-missing': () => 'Enter the client’s code.',
  'client-code-symbol': () =>
    'This is not a code made by the form: it has a symbol that such codes never use. Look at it again, or choose “our own code”.',
  'client-code-length': ({ symbols, given }: { readonly symbols: number; readonly given: number }) =>
    `A code made by the form has ${symbols} symbols. This one has ${given}.`,
  'client-code-length.own': () => 'A client code has at most 40 symbols.',
  'client-code-check': () => 'One symbol in this code is wrong, or two have changed places. Look at the slip again.',
  'client-code-pattern': ({ pattern }: { readonly pattern: string }) =>
    `Your service’s codes look like ${pattern}. This one does not. Check it, or ask your service lead.`,
  'client-code-pattern.none': () => 'Use at least three letters and numbers, without spaces. The signs / _ . and - are allowed.',
  'client-code-name': () => `This looks like a name. ${notWho} Use your service’s number for the client, or let the form make a code.`,
  'client-code-email': () => `This looks like an e-mail address. ${notWho}`,
  'client-code-phone': () => `This looks like a phone number. ${notWho}`,
  'client-code-date': () => `This looks like a date, perhaps a birthday. ${notWho}`,
  'client-code-nhs-number': () => 'This is an NHS number. It says who the client is, so it cannot be the code. Let the form make one.',
  'client-code-national-number': () =>
    'This looks like a national number (National Insurance or pupil number). It says who the client is, so it cannot be the code.',
  'client-code-postcode': () => 'This looks like a postcode. A code must not say where the client lives.',

  'email-free-mail': ({ domain }: { readonly domain: string }) =>
    `Anybody can have an address at ${domain}. Use the address that the service gave, not a private one.`,
  'email-other-domain': ({ domains }: { readonly domains: string }) =>
    `The addresses of this service end in ${domains}. Use the one that the service gave.`,

  'risk-open': () => 'Say first how great the risk to people is. Nothing was changed.',
  'regulator-open': () => 'The regulator has to be told first. Nothing was changed.',
  'individuals-open': () => 'The people concerned have to be told first. Nothing was changed.',

  'request-ended': () => 'This request has ended. File a new one if the person asks again.',
  'pause-not-here': () => 'The clock of this request does not stop: the policy promises a number of days from the day it came in.',
  'pause-runs': () => 'The clock stands still already.',
  'pause-late': ({ day }: Day) => `This request was due on ${dayWords(day)}, so its clock can no longer be stopped. Answer the request now.`,
  'pause-missing': () => 'The clock is running. There is nothing to start again.',
  'extension-not-here.request': () => 'This request cannot be given more time: the policy promises a number of days from the day it came in.',
  'extension-not-here.none': () => 'The policy gives no request more time.',
  'extension-used': () => 'More time was added once already. It cannot be added again.',
  'extension-late': ({ day }: Day) => `More time has to be told to the person by ${dayWords(day)}. That day is past: answer the request now.`,
  'identity-confirmed': () => 'Who is asking was confirmed already.',
  'identity-missing': () => 'The service has not confirmed yet who is asking. Wait for that, or ask the service.',
  'decision-waits': () => 'A decision waits for a second person already.',
  'reasons-missing': () => 'Give the reasons in a sentence. They go into the letter to the person.',
  'proposal-missing': () => 'There is no decision that waits for a second person.',
  'restriction-missing': () => 'This request restricts nothing now.',

  'right-object-is-withdrawal': () =>
    'This data is used with consent. Instead of objecting, the person can withdraw consent, and we hold the data until that is decided.',
  'right-object-not-here': () => 'A person can object only where data is used for a public task or a legitimate interest. That is not so here.',
  'right-withdraw-not-here': () =>
    'This data is not used on the basis of consent, so there is no consent to withdraw. The person may have a right to object instead.',
  'right-port-not-here': () =>
    'A copy to take elsewhere is owed only where data is used with consent or under a contract. The person can still ask for a copy for themselves.',
  'right-delete-not-here': () =>
    'The law does not give a right to deletion where data must be kept by law or for a public task. The person may have a right to object instead.',

  'retention-active': () => 'This is kept for as long as the person takes part.',
  'retention-held': ({ day }: Day) => `The policy keeps this until ${dayWords(day)}. Only a rights request can erase it sooner.`,
  'retention-held.open': () => 'The policy keeps this until someone decides otherwise.',
  'extension-not-here.longest': () => 'The policy gives this a longest time. Nothing can be kept beyond it.',
  'extension-not-here.no-date': () => 'No date ends this rule, so there is nothing to put off.',
  'reasons-missing.pause': () => 'Say in a sentence what the person is asked. It goes into the letter to them.',
  'reasons-missing.extend': () => 'Say in a sentence why it takes longer. The law asks for it, and it goes into the letter to the person.',
  'reasons-missing.put-off': () => 'Say in a sentence why these records are still needed.',
  'extension-past': () => 'The new day must be in the future.',
  'extension-too-long': ({ day }: Day) => `The policy lets a disposal be put off until ${dayWords(day)} at most.`,
} as const satisfies { readonly [key: string]: (values: never) => string }

export type SentenceKey = keyof typeof sentences
export const sentenceKeys = Object.keys(sentences) as SentenceKey[]

/** A key and what is filled in: what crosses the wire beside the English sentence. */
export type Said = { readonly key: string; readonly values: SaidValues }

/** What a key's sentence is filled in with, as the arguments after the key. */
export type Fill<K extends SentenceKey> = Parameters<(typeof sentences)[K]> extends [infer V] ? [values: V] : []

/** The English sentence of a key, filled in. */
export function sentenceOf<K extends SentenceKey>(key: K, ...fill: Fill<K>): string {
  return (sentences[key] as (values: unknown) => string)(fill[0])
}

/** The code that a key's sentence belongs to. @example codeOf('consent-live.none') // 'consent-live' */
export const codeOf = (key: SentenceKey): string => key.split('.')[0]!

/** Key and values for the wire. */
export const saidOf = <K extends SentenceKey>(key: K, ...fill: Fill<K>): Said => ({ key, values: (fill[0] ?? {}) as SaidValues })
