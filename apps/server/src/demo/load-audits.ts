// The audits of the demo's past: each opened when its quarter had ended, read and closed by the demo's auditor. The last one is left open, so that
// there is something to read.
import { daysOfQuarter, lastQuarterBefore, quarterOf, type AuditTokenId } from '@attune/policy'
import type { Attune } from '../attune.ts'
import { runAuditClock } from '../actions/audit/audit-clock.ts'
import { closeAudit } from '../actions/audit/close-audit.ts'
import { judgeText, readTexts } from '../actions/audit/judge-text.ts'
import { listAudits } from '../actions/audit/list-audits.ts'
import type { Acting } from '../actions/acting.ts'
import { toLondonDay } from '../actions/london-day.ts'
import { settleOutside } from '../actions/right/settle-outside.ts'
import { getStanding } from '../actions/standing/get-standing.ts'
import { takeTraining } from '../actions/standing/take-training.ts'
import { noMail } from './no-mail.ts'

const purpose = 'audit'
const week = 7 * 24 * 60 * 60_000

/** `firstOn` is the day of the demo's first session. Letters of the past are not written. */
export async function loadAudits(real: Attune, auditor: Acting, practitioners: readonly Acting[], firstOn: string): Promise<void> {
  const last = lastQuarterBefore(toLondonDay(real.clock.now()))
  const openLast = new Date(`${daysOfQuarter(last).until}T06:00:00Z`)
  for (let quarter = quarterOf(firstOn); quarter < last; quarter = quarterOf(daysOfQuarter(quarter).until)) {
    const openedAt = new Date(`${daysOfQuarter(quarter).until}T06:00:00Z`)
    const attune: Attune = { ...real, clock: { now: () => openedAt }, mail: noMail }
    await runAuditClock(attune, openedAt)
    const audit = (await listAudits(attune, auditor)).audits.find((one) => one.quarter === quarter && one.closedAt === null)
    if (audit === undefined) continue
    for (let left = 1; left > 0;) {
      const page = await readTexts(attune, auditor, purpose, audit.auditId)
      left = page.texts.length
      for (const { row, text } of page.texts) {
        const spans = row.marks.map(({ start, end, type }) => ({ start, end, as: tokenOf(type, text.slice(start, end)) }))
        await judgeText(attune, auditor, purpose, row.textId, spans.length > 0 ? { verdict: 'replace', spans } : { verdict: 'clear' })
      }
    }
    await closeAudit(attune, auditor, audit.auditId)
    await settleOutside(attune)
    await trainAgain({ ...real, clock: { now: () => new Date(openedAt.getTime() + week) } }, practitioners)
  }
  await runAuditClock({ ...real, clock: { now: () => openLast } }, openLast)
}

async function trainAgain(attune: Attune, practitioners: readonly Acting[]): Promise<void> {
  const { course, version, units } = attune.programme.policy.training
  const answers = Object.fromEntries(units.flatMap((unit) => unit.questions.map(({ id, right }) => [id, right])))
  for (const practitioner of practitioners)
    if ((await getStanding(attune, practitioner, true)).tasks.length > 0) await takeTraining(attune, practitioner, { course, version, answers })
}

function tokenOf(type: string, words: string): AuditTokenId {
  if (type === 'CONTACT' || type === 'ID') return 'contact'
  if (type === 'DATE') return 'date'
  if (type === 'SPECIAL') return 'detail'
  if (type !== 'PERSON') return 'place'
  return /^(Mrs|Mr|Ms|Dr)\b/.test(words) ? 'professional' : 'friend'
}
