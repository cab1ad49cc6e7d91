// The daily run: warns, disposes, blanks, removes, asks, reminds. Each piece is a transaction of its own with its event, and looks only at what is
// still to be done: a run that was interrupted is simply run again, and a second run of the same day finds nothing.
import { addDays, addMonths, latestEnded, type Day } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import type { AttuneTables } from '../../store/attune-tables.ts'
import { removeCodeRequests } from '../../store/code-requests.ts'
import { logEvent } from '../../store/log-event.ts'
import { markLeft } from '../../store/practitioners.ts'
import {
  blankAuthors,
  blankLeavers,
  countDays,
  findInactive,
  findServicesWithoutCopy,
  findStopped,
  noteAsked,
  noteRun,
  removeOldRequests,
  type RunCounts,
} from '../../store/retention/retention-rows.ts'
import { addNotice } from '../../store/rights/notices.ts'
import { findOpenRequests } from '../../store/rights/requests.ts'
import { removeConsents } from '../../store/rights/subjects.ts'
import { withActor, withReader, type Transaction } from '../../store/with-actor.ts'
import { startOfLondonDay, toLondonDay } from '../london-day.ts'
import { settleOutside } from '../right/settle-outside.ts'
import { closeSignIns } from './close-sign-ins.ts'
import { disposeOfRecords } from './dispose-records.ts'
import { getRules } from './rules.ts'
import { warnServices } from './warn-services.ts'

type Trx = Transaction<AttuneTables>
const atOnce = 2_000
const system = { role: 'system' } as const

/** Runs everything that is due on the clock's day. */
export async function runRetention(attune: Attune): Promise<RunCounts> {
  const { databases, clock } = attune
  const startedAt = clock.now()
  const counts: RunCounts = {
    warned: await warnServices(attune),
    disposed: await disposeOfRecords(attune),
    blanked: await blankNames(attune),
    removed: (await removeLeft(attune)) + (await closeSignIns(attune)),
    asked: await askInactive(attune),
  }
  await remindServices(attune)
  await markDue(attune)
  await inTurn(attune, (trx) => countDays(trx, startedAt))
  await withActor(databases.attune, system, 'retention', (trx) => noteRun(trx, toLondonDay(startedAt), startedAt, clock.now(), counts))
  await settleOutside(attune)
  return counts
}

const inTurn = <Result>({ databases }: Attune, work: (trx: Trx) => Promise<Result>) => withActor(databases.attune, system, 'retention', work)
const today = ({ clock }: Attune) => toLondonDay(clock.now())
/** The first instant that belongs to the day no longer. */
const endOf = (day: Day) => startOfLondonDay(addDays(day, 1))

/** Who sent a record is known for four years and not a day longer (DCS-134). */
async function blankNames(attune: Attune): Promise<number> {
  const until = latestEnded(getRules(attune).authors, today(attune))
  if (until === undefined) return 0
  for (let total = 0; ;) {
    const blanked = await inTurn(attune, async (trx) => {
      const count = await blankAuthors(trx, until, attune.clock.now(), atOnce)
      if (count > 0)
        await logEvent(trx, {
          serviceId: 'operator',
          role: 'system',
          action: 'retention.blank',
          outcome: 'done',
          detail: { records: count, sessionUntil: until },
        })
      return count
    })
    total += blanked
    if (blanked < atOnce) {
      await inTurn(attune, blankLeavers)
      return total
    }
  }
}

/** Somebody whose role was ended is a leaver after the policy's days: their consent form goes (DCS-131). Old requests go at their own time. */
async function removeLeft(attune: Attune): Promise<number> {
  const { consents, requests, codeRequests } = getRules(attune)
  const ended = latestEnded(consents, today(attune))
  const stopped =
    ended === undefined
      ? []
      : await withReader(attune.databases.attune, system, 'retention', (trx) => findStopped(trx as unknown as Trx, endOf(ended)))
  for (const { serviceId, practitionerId, endedOn } of stopped)
    await inTurn(attune, async (trx) => {
      await markLeft(trx, serviceId, practitionerId, toLondonDay(endedOn))
      const count = await removeConsents(trx, [practitionerId], attune.clock.now())
      await logEvent(trx, {
        serviceId,
        role: 'system',
        action: 'retention.remove-consent',
        outcome: 'done',
        detail: { practitionerId, consents: count },
      })
    })
  const oldest = latestEnded(requests, today(attune))
  const gone =
    oldest === undefined
      ? 0
      : await inTurn(attune, async (trx) => {
          const count = await removeOldRequests(trx, endOf(oldest))
          if (count > 0)
            await logEvent(trx, {
              serviceId: 'operator',
              role: 'system',
              action: 'retention.remove-requests',
              outcome: 'done',
              detail: { requests: count },
            })
          return count
        })
  return stopped.length + gone + (await removeLostCodes(attune, latestEnded(codeRequests, today(attune))))
}

/** Requests for lost codes say who saw somebody on which day, so they go after the policy's days, answered or not. */
async function removeLostCodes(attune: Attune, oldest: string | undefined): Promise<number> {
  if (oldest === undefined) return 0
  return inTurn(attune, async (trx) => {
    const count = await removeCodeRequests(trx, endOf(oldest))
    if (count > 0)
      await logEvent(trx, {
        serviceId: 'operator',
        role: 'system',
        action: 'retention.remove-code-requests',
        outcome: 'done',
        detail: { requests: count },
      })
    return count
  })
}

/** Asks those who have sent nothing for long whether they still take part (DCS-132). */
async function askInactive(attune: Attune): Promise<number> {
  const on = today(attune)
  const since = addMonths(on, -attune.programme.policy.values.inactivityPromptMonths)
  const inactive = await withReader(attune.databases.attune, system, 'retention', (trx) => findInactive(trx as unknown as Trx, since))
  for (const { serviceId, practitionerId, accountId, lastOn } of inactive)
    await inTurn(attune, async (trx) => {
      await noteAsked(trx, serviceId, practitionerId, on)
      await addNotice(trx, {
        serviceId,
        kind: 'still-active',
        about: `${practitionerId} ${on}`,
        toRole: 'practitioner',
        toAccount: accountId,
        facts: { day: lastOn },
        at: attune.clock.now(),
      })
      await logEvent(trx, { serviceId, role: 'system', action: 'retention.ask-active', outcome: 'done', detail: { practitionerId, lastOn } })
    })
  return inactive.length
}

/** Once a year a service that took no copy is told that it may ask for everything (COM-060). */
async function remindServices(attune: Attune): Promise<void> {
  const on = today(attune)
  const since = addMonths(on, -attune.programme.policy.values.wholeServiceRequestMonths)
  const services = await withReader(attune.databases.attune, system, 'retention', (trx) =>
    findServicesWithoutCopy(trx as unknown as Trx, startOfLondonDay(since)),
  )
  for (const serviceId of services)
    await inTurn(attune, async (trx) => {
      const told = await addNotice(trx, {
        serviceId,
        kind: 'whole-service-due',
        about: on.slice(0, 4),
        toRole: 'service-lead',
        facts: { day: on },
        at: attune.clock.now(),
      })
      if (told) await logEvent(trx, { serviceId, role: 'system', action: 'package.remind', outcome: 'done' })
    })
}

/** Nothing goes overdue in silence: whoever has to act is told before, and again when it is late. */
async function markDue(attune: Attune): Promise<void> {
  const on = today(attune)
  const soon = addDays(on, attune.programme.policy.values.rightsWarningDays)
  for (let after: { on: string | null; requestId: string } | undefined; ;) {
    const page = await withReader(attune.databases.attune, system, 'retention', (trx) =>
      findOpenRequests(trx as unknown as Trx, undefined, 200, after),
    )
    for (const { service_id: serviceId, reference, due_on: due, state, subject } of page) {
      if (due === null || due > soon) return
      const kind = due < on ? 'request-overdue' : 'request-soon'
      await inTurn(attune, async (trx) => {
        const facts = { reference, day: due }
        const told = await addNotice(trx, { serviceId, kind, about: reference, toRole: 'administrator', facts, at: attune.clock.now() })
        if (state === 'received' && subject === 'client')
          await addNotice(trx, { serviceId, kind, about: reference, toRole: 'service-lead', facts, at: attune.clock.now() })
        if (told)
          await logEvent(trx, {
            serviceId,
            role: 'system',
            action: kind === 'request-overdue' ? 'right.overdue' : 'right.warn',
            outcome: 'done',
            detail: { reference, dueOn: due },
          })
      })
    }
    if (page.length < 200) return
    const last = page.at(-1)!
    after = { on: last.due_on, requestId: last.request_id }
  }
}
