// What a device may remember of a form after it was sent, to fill in the next one. The next one is about another client, so nothing that is about a
// client, or in which one could be named, is ever remembered (UK GDPR Article 5(1)(b) and (c)).
import type { Field } from '../policy.ts'

/** Why an answer may not be remembered for the next form, as the end of a sentence that begins with the question; undefined when it may. */
export function findRecallRefusal(field: Field | undefined): string | undefined {
  if (field === undefined) return 'is not in the policy, so nothing says whom it is about'
  if (field.origin === 'stamped') return 'is added by the server and never on the device'
  if (field.disclosureRisk || field.sensitivity === 'free-text') return 'takes words in which a person could be named'
  if (field.subject !== 'client') return undefined
  if (field.aboutSession !== true) return 'is about the client, and the next form is about another one'
  return field.sensitivity === 'ordinary' ? undefined : `is marked as ${field.sensitivity}, which is about the client whatever else is said of it`
}
