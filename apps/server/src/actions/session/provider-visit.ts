// Visits to the sign-in of an organisation. A person there becomes somebody here only by an invitation or from an account that is signed in, never because
// an e-mail address is the same: addresses are given out anew, and a provider may not have checked them. Who is not connected, or is disabled, gets one answer.
import type { VisitEnd, VisitPurpose, VisitStart } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { ProviderAway, ProviderRefused, type Claims, type SignInProvider, type VisitSecrets } from '../../outside/sign-in-provider.ts'
import { raise } from '../../problems.ts'
import { findAccount } from '../../store/accounts/accounts.ts'
import { addLink, addVisit, findLinkedAccount, hashSubject, noteLinkUse, takeVisit } from '../../store/accounts/provider-links.ts'
import { endSessionsOf, type Session } from '../../store/accounts/sessions.ts'
import { countTry, tryLimits } from '../../store/accounts/tries.ts'
import { isUniqueViolation } from '../../store/postgres-errors.ts'
import { withActor } from '../../store/with-actor.ts'
import { putLetter, requireConfirmed, startChanged } from '../factor/enrol.ts'
import { acceptInvitation, lookAtInvitation } from '../invitation/invite.ts'
import { judgeClaims, type Judged } from './judge-claims.ts'
import { logRefusal } from './sign-in.ts'
import { startSession, type Started } from './start-session.ts'

const door = { role: 'door' } as const

type Visit = {
  readonly purpose: VisitPurpose
  readonly secrets: VisitSecrets
  readonly redirect: string
  readonly begunAt: string
  readonly back: string
  /** Whose session began it, for `confirm` and `connect`. */
  readonly accountId?: string
  readonly invitation?: NonNullable<VisitStart['invitation']>
}
type Proof = Extract<Judged, { is: 'proof' }> & { readonly subjectDigest: Buffer }

/** Signing in here with a sign-in of this morning is what people expect; proving that one is still there, or connecting, needs a new one. */
const isAfresh = (purpose: VisitPurpose): boolean => purpose === 'confirm' || purpose === 'connect'

/** Where to send the person, and the token that binds the visit to this browser. Raises `not-found` when no provider is set. */
export async function beginVisit(
  attune: Attune,
  { purpose, back = '/', invitation }: VisitStart,
  session: Session | undefined,
  { origin, address }: { readonly origin: string; readonly address: string },
): Promise<{ url: string; token: string }> {
  const { databases, keyring, clock } = attune
  const provider = attune.provider ?? raise('not-found')
  await countVisit(attune, address)
  if (isAfresh(purpose)) {
    if (session === undefined) raise('not-signed-in')
    if (session.assurance !== 'second-factor') raise('second-factor-needed')
  }
  if (purpose === 'connect') await requireConfirmed(attune, session!)
  if (purpose === 'join') {
    if (invitation === undefined) raise('request-invalid', { fields: [{ place: '/invitation', why: 'is needed to join' }] })
    await lookAtInvitation(attune, invitation.token, address)
  }
  const redirect = `${origin}/signed-in`
  const { url, secrets } = await provider.begin(redirect, { afresh: isAfresh(purpose) }).catch(toProblem)
  const visit: Visit = {
    purpose,
    secrets,
    redirect,
    back,
    begunAt: clock.now().toISOString(),
    ...(isAfresh(purpose) && { accountId: session!.accountId }),
    ...(purpose === 'join' && { invitation: invitation! }),
  }
  const token = await withActor(databases.accounts, door, 'sign-in', (trx) => addVisit(trx, keyring, visit, clock.now()))
  return { url, token }
}

/** Takes the person back in. `answer` is the query that the browser came back with; the visit is used up whatever comes of it. */
export async function endVisit(
  attune: Attune,
  { answer, token }: { readonly answer: string; readonly token: string | undefined },
  session: Session | undefined,
  address: string,
): Promise<Started & Pick<VisitEnd, 'purpose' | 'back'>> {
  const { databases, keyring, clock } = attune
  const provider = attune.provider ?? raise('not-found')
  await countVisit(attune, address)
  const visit =
    token === undefined
      ? undefined
      : ((await withActor(databases.accounts, door, 'sign-in', (trx) => takeVisit(trx, keyring, token, clock.now()))) as Visit | undefined)
  if (visit === undefined) return refuse(attune, undefined, 'visit-unknown')
  const proof = await prove(attune, provider, visit, answer)
  const started = await ways[visit.purpose](attune, { visit, proof, session, address })
  return { ...started, purpose: visit.purpose, back: visit.back }
}

type Arrival = { readonly visit: Visit; readonly proof: Proof; readonly session: Session | undefined; readonly address: string }

const ways: { readonly [P in VisitPurpose]: (attune: Attune, arrival: Arrival) => Promise<Started> } = {
  'sign-in': async (attune, { proof, session }) => {
    const accountId = await getLinked(attune, proof)
    const instead = session?.accountId === accountId ? session : undefined
    return startProven(attune, accountId, proof, instead, instead === undefined ? 'session.begin' : 'session.confirm')
  },

  async confirm(attune, { visit, proof, session }) {
    const accountId = await getLinked(attune, proof)
    if (session === undefined || session.accountId !== visit.accountId || session.accountId !== accountId)
      return refuse(attune, session?.accountId, 'other-person')
    // One step there does not stand for the two that a session is confirmed with.
    if (!proof.secondFactor) return refuse(attune, accountId, 'one-step')
    return startProven(attune, accountId, proof, session, 'session.confirm')
  },

  async connect(attune, { visit, proof, session }) {
    if (session === undefined || session.accountId !== visit.accountId || session.assurance !== 'second-factor')
      return refuse(attune, session?.accountId, 'other-person')
    const change = { action: 'factor.add', factor: 'provider' } as const
    const letterId = await withActor(attune.databases.accounts, door, 'sign-in', async (trx) => {
      await addLink(trx, session.accountId, proof.subjectDigest, attune.clock.now()).catch(toTaken)
      await endSessionsOf(trx, session.accountId)
      return putLetter(attune, trx, session.accountId, change)
    })
    return startChanged(attune, session, change, letterId)
  },

  async join(attune, { visit, proof, session, address }) {
    const { secondFactor, authenticatedAt, subjectDigest } = proof
    return acceptInvitation(attune, visit.invitation!, session, address, {
      bind: (trx, accountId) => addLink(trx, accountId, subjectDigest, attune.clock.now()).catch(toTaken),
      start: { assurance: secondFactor ? 'second-factor' : 'password', factor: 'provider', confirmedAt: authenticatedAt },
    })
  },
}

const startProven = (
  attune: Attune,
  accountId: string,
  { secondFactor, authenticatedAt }: Proof,
  instead: Session | undefined,
  action: string,
): Promise<Started> =>
  startSession(attune, {
    accountId,
    assurance: secondFactor ? 'second-factor' : 'password',
    factor: 'provider',
    // A sign-in of an hour ago confirms nothing now: acts that need a fresh one ask for it (ASVS 7.5.1).
    confirmedAt: authenticatedAt,
    instead,
    action,
  })

async function prove(attune: Attune, provider: SignInProvider, visit: Visit, answer: string): Promise<Proof> {
  const place = new URL(visit.redirect)
  place.search = answer
  let claims: Claims
  try {
    claims = await provider.finish(place, visit.secrets)
  } catch (error) {
    if (error instanceof ProviderRefused) return refuse(attune, visit.accountId, error.because)
    return toProblem(error)
  }
  const judged = judgeClaims(claims, provider, {
    now: attune.clock.now(),
    begunAt: new Date(visit.begunAt),
    afresh: isAfresh(visit.purpose),
  })
  if (judged.is === 'refused') return refuse(attune, visit.accountId, judged.because)
  return { ...judged, subjectDigest: hashSubject(attune.keyring, provider.issuer, claims.subject) }
}

/** The account of the person. The same refusal for one who is not connected and for an account that is disabled. */
async function getLinked(attune: Attune, { subjectDigest }: Proof): Promise<string> {
  const { databases, keyring, clock } = attune
  const accountId = await withActor(databases.accounts, door, 'sign-in', async (trx) => {
    const linked = await findLinkedAccount(trx, subjectDigest)
    if (linked === undefined || (await findAccount(trx, keyring, linked))?.disabled !== false) return undefined
    await noteLinkUse(trx, linked, clock.now())
    return linked
  })
  if (accountId !== undefined) return accountId
  await logRefusal(attune, undefined, 'session.begin', 'provider-unknown')
  return raise('provider-unknown')
}

async function countVisit({ databases, keyring, clock }: Attune, address: string): Promise<void> {
  await withActor(databases.accounts, door, 'sign-in', (trx) =>
    countTry(trx, tryLimits.providerPerAddress, keyring.lookupHash('address', '', address), clock.now()),
  )
}

async function refuse(attune: Attune, accountId: string | undefined, because: string): Promise<never> {
  await logRefusal(attune, accountId, accountId === undefined ? 'session.begin' : 'session.confirm', `provider-${because}`)
  return raise('provider-refused')
}

function toProblem(error: unknown): never {
  if (error instanceof ProviderAway) raise('provider-away')
  throw error
}

function toTaken(error: unknown): never {
  if (isUniqueViolation(error)) raise('provider-taken')
  throw error
}
