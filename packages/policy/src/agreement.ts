// Processors and the agreements under which they may hold data (UK GDPR Article 28(3)). Without one that is in force nothing is sent to them.
import { allowed, refused, type Decision } from './decision.ts'
import type { Day, Policy, Recipient } from './policy.ts'

/** Ways in which the program itself sends data to, or fetches it from, somebody outside. A recipient says which of them lead to it. */
export const connectors = ['offsite-backup', 'kobo'] as const
export type Connector = (typeof connectors)[number]

/** Decides whether a recipient may hold data on a day. Somebody who is no processor answers for themselves and needs no agreement with us. */
export function mayHold(recipient: Pick<Recipient, 'name' | 'category' | 'agreement'>, today: Day): Decision {
  const { name, category, agreement } = recipient
  if (category !== 'processor') return allowed
  if (agreement === undefined)
    return refused('agreement-missing', `There is no agreement with ${name}. Nothing goes there until policy.yaml names one under recipients.`)
  if (agreement.from > today) return refused('agreement-not-yet', `The agreement ${agreement.reference} with ${name} begins on ${agreement.from}.`)
  if (agreement.reviewOn < today)
    return refused(
      'agreement-ended',
      `The agreement ${agreement.reference} with ${name} ran out on ${agreement.reviewOn}. Nothing goes there until it is renewed and policy.yaml says so.`,
    )
  return allowed
}

/** The recipient that a connector leads to, as far as the policy has one. */
export function recipientOf(policy: Pick<Policy, 'recipients'>, connector: Connector): Recipient | undefined {
  return policy.recipients.find((recipient) => recipient.connects.includes(connector))
}

/** Decides whether a connector may run today. One that the policy leads to nobody by is refused: nobody agreed to hold what it carries. */
export function mayConnect(policy: Pick<Policy, 'recipients'>, connector: Connector, today: Day): Decision {
  const recipient = recipientOf(policy, connector)
  if (recipient === undefined)
    return refused(
      'recipient-missing',
      `No recipient of the policy stands behind "${connector}". Add one under recipients with connects: [${connector}].`,
    )
  return mayHold(recipient, today)
}
