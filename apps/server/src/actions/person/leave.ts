// Leaving the programme: the role ends at once, the consent form goes, a keyed hash with its dates stays as proof (DCS-131). Stamps on records stay
// for their own time (DCS-134). Moving to another service here ends the old enrolment and asks for a new consent (DCS-133).
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import type { AttuneTables } from '../../store/attune-tables.ts'
import { endGrantsOf, findGrants, giveGrant } from '../../store/grants.ts'
import { logEvent } from '../../store/log-event.ts'
import { markLeft } from '../../store/practitioners.ts'
import { addNotice } from '../../store/rights/notices.ts'
import { findEnrolments, removeConsents } from '../../store/rights/subjects.ts'
import { findService } from '../../store/services.ts'
import { withActor, type Transaction } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { toLondonDay } from '../london-day.ts'
import { settleSoon } from '../right/settle-outside.ts'

type Leaver = { readonly accountId: string; readonly serviceId: string; readonly by: Acting }

/** The practitioner leaves the service. */
export async function leave(attune: Attune, leaver: Leaver): Promise<void> {
  await withActor(attune.databases.attune, { role: 'system', accountId: leaver.by.accountId }, 'person', (trx) =>
    leaveIn(attune, trx, leaver, 'person.leave'),
  )
  await settleSoon(attune, leaver.serviceId)
}

/** Moves a practitioner: to another service of the programme, or outside, which is leaving. */
export async function movePerson(
  attune: Attune,
  by: Acting,
  { accountId, fromServiceId, toServiceId }: { accountId: string; fromServiceId: string; toServiceId: string | null },
): Promise<void> {
  if (toServiceId === fromServiceId) raise('request-invalid', { fields: [{ place: '/toServiceId', why: 'is the service where they are' }] })
  await withActor(attune.databases.attune, { role: 'system', accountId: by.accountId }, 'person', async (trx) => {
    const held = await findGrants(trx, accountId)
    if (!held.some(({ role, serviceId }) => role === 'practitioner' && serviceId === fromServiceId)) raise('not-found')
    await leaveIn(attune, trx, { accountId, serviceId: fromServiceId, by }, toServiceId === null ? 'person.leave' : 'person.move')
    if (toServiceId === null) return
    const target = (await findService(trx, toServiceId)) ?? raise('not-found')
    if (target.status !== 'live') raise('service-not-live')
    const grantId = await giveGrant(trx, {
      accountId,
      role: 'practitioner',
      serviceId: toServiceId,
      grantedBy: by.accountId,
      at: attune.clock.now(),
      seats: attune.programme.policy.values.nomineesPerServiceMaximum,
    })
    await logEvent(trx, {
      serviceId: toServiceId,
      accountId: by.accountId,
      role: by.role,
      action: 'grant.give',
      outcome: 'done',
      detail: { grant: grantId, role: 'practitioner' },
    })
  })
  await settleSoon(attune, fromServiceId)
}

async function leaveIn({ clock }: Attune, trx: Transaction<AttuneTables>, { accountId, serviceId, by }: Leaver, action: string): Promise<void> {
  const at = clock.now()
  const leftOn = toLondonDay(at)
  const enrolment = (await findEnrolments(trx, accountId)).find((one) => one.serviceId === serviceId)
  const ended = await endGrantsOf(trx, { accountId, serviceId, role: 'practitioner', endedBy: by.accountId, at })
  if (ended === 0 && enrolment?.status !== 'active') raise('not-found')
  let removed = 0
  if (enrolment !== undefined) {
    await markLeft(trx, serviceId, enrolment.practitionerId, leftOn)
    removed = await removeConsents(trx, [enrolment.practitionerId], at)
  }
  const about = `${enrolment?.practitionerId ?? accountId} ${leftOn}`
  await addNotice(trx, { serviceId, kind: 'leaver', about, toRole: 'administrator', facts: { day: leftOn }, at })
  await addNotice(trx, { serviceId, kind: 'leaver', about, toRole: 'service-lead', facts: { day: leftOn }, at })
  await logEvent(trx, {
    serviceId,
    accountId: by.accountId,
    role: by.role,
    action,
    outcome: 'done',
    detail: { person: accountId, consentsRemoved: removed },
  })
}
