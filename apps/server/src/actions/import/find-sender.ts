// In whose name a record is taken over, by whatever way it came: a practitioner, because a record has one and because the gates are about that
// person. A record that says who sent it is taken at its word; else it is whoever stands for the account that sent it there.
import type { Attune } from '../../attune.ts'
import type { SourceRecord, SourceRow } from '../../outside/import/source.ts'
import { findAccountByEmail } from '../../store/accounts/accounts.ts'
import { findGrants } from '../../store/grants.ts'
import { withReader } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import type { ImportMapping } from './mapping.ts'

/** Questions of a form elsewhere that say who sent a record; here the server stamps that and no form asks it. */
const senderQuestions = { email: 'practitioner_email', name: 'practitioner_name', service: 'practitioner_service' } as const

export type Attribution = {
  /** The only service that records are taken over for; left out, it is the one of the practitioner. */
  readonly serviceId?: string
  /** The account there, or the address that a record names -> the e-mail address here. */
  readonly people: ImportMapping['people']
  /** Who sends what names nobody and comes from an account that stands for nobody: an e-mail address. */
  readonly practitioner?: string
}

const door = { role: 'door' } as const
const leafOf = (key: string) => key.slice(key.lastIndexOf('/') + 1)
const isSenderQuestion = (key: string) => Object.values<string>(senderQuestions).includes(leafOf(key))

/** The answers of a record without those that say who sent it. */
export const withoutSender = (answers: SourceRow): SourceRow => Object.fromEntries(Object.entries(answers).filter(([key]) => !isSenderQuestion(key)))

/**
 * Finds for each record the practitioner in whose name it is taken over; undefined when it names somebody who is no practitioner here, or nobody.
 * Of somebody who works for several services only a record that names one of them, or an import for one of them, is taken.
 */
export function makeSenderFinder(attune: Attune, { serviceId, people, practitioner }: Attribution) {
  const known = new Map<string, Promise<Acting | undefined>>()
  return ({ answers, sentBy = '' }: Pick<SourceRecord, 'answers' | 'sentBy'>): Promise<Acting | undefined> => {
    const said = textOf(answers, senderQuestions.email)
    const email = said === '' ? (people[sentBy] ?? practitioner ?? sentBy) : (people[said] ?? said)
    const service = textOf(answers, senderQuestions.service)
    const key = `${email}\n${service}`
    if (!known.has(key)) known.set(key, findSender(attune, email, service, serviceId))
    return known.get(key)!
  }
}

async function findSender(
  { databases, keyring }: Attune,
  email: string,
  service: string,
  serviceId: string | undefined,
): Promise<Acting | undefined> {
  if (email === '') return undefined
  const account = await withReader(databases.accounts, door, 'sign-in', (trx) => findAccountByEmail(trx as never, keyring, email))
  if (account === undefined || account.disabled) return undefined
  const { accountId } = account
  const grants = await withReader(databases.attune, door, 'sign-in', (trx) => findGrants(trx, accountId))
  const works = grants.filter(({ role }) => role === 'practitioner')
  const named = works.filter((grant) => service === grant.serviceId || service === grant.serviceName)
  // Words for a service that mean none here say nothing when it is settled whose records these are.
  const meant = service === '' || (named.length === 0 && serviceId !== undefined) ? works : named
  const [grant, ...others] = meant.filter((one) => serviceId === undefined || one.serviceId === serviceId)
  return grant === undefined || others.length > 0 ? undefined : { role: 'practitioner', serviceId: grant.serviceId, accountId }
}

function textOf(answers: SourceRow, question: string): string {
  const [, value] = Object.entries(answers).find(([key]) => leafOf(key) === question) ?? []
  return typeof value === 'string' ? value.trim() : ''
}
