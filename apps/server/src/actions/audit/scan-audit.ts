// The machine's part of an audit: every free text that no audit has been through is read by the detector, a sample of the rest is drawn by chance
// that can be repeated, and every record is checked for a consent and a training at the time of sending.
import { createHash } from 'node:crypto'
import { detect } from '@attune/detector'
import type { Answers } from '@attune/forms'
import { addDays, auditSampleSize } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import {
  countUnflagged,
  findMissing,
  findUnaudited,
  finishScan,
  keepScanned,
  type MissingRow,
  type ScannedText,
  type UnauditedRow,
} from '../../store/audits/audit-scan.ts'
import type { Audit } from '../../store/audits/audits.ts'
import { addFindings, openAction } from '../../store/audits/findings.ts'
import { open } from '../../store/keyring/seal.ts'
import { logEvent } from '../../store/log-event.ts'
import { findAccountIds, type AuthorStamp } from '../../store/practitioners.ts'
import { answersPlace, authorPlace } from '../../store/records/places.ts'
import { withActor } from '../../store/with-actor.ts'
import { findPublishedForm } from '../form/form-shelf.ts'
import { toLondonDay } from '../london-day.ts'
import { findKeys } from '../record/open-rows.ts'
import { noteFindings, noteTrainingTask } from './audit-letters.ts'
import { collectTexts, riskQuestions } from './risk-texts.ts'

const system = { role: 'system' } as const
const batch = 200

/** Scans what is left of an audit and settles its worklist. Cut off at any point, the next call goes on where it was. */
export async function scanAudit(attune: Attune, audit: Audit, now: Date, signal?: AbortSignal): Promise<void> {
  const { databases, programme } = attune
  for (;;) {
    if (signal?.aborted) return
    const rows = await withActor(databases.attune, system, 'audit', (trx) => findUnaudited(trx, programme.id, audit.untilAt, batch))
    if (rows.length === 0) break
    const texts = await scanRows(attune, audit, rows)
    await withActor(databases.attune, system, 'audit', (trx) => keepScanned(trx, audit.auditId, rows, texts))
  }
  await withActor(databases.attune, system, 'audit', async (trx) => {
    const size = auditSampleSize(await countUnflagged(trx, audit.auditId), programme.policy.values)
    await finishScan(trx, audit.auditId, size, now)
    const missing = await findMissing(trx, audit.auditId, programme.policy.training.course)
    await noteMissing(attune, trx, audit, missing, now, await keepMissing(attune, trx, audit, missing, now))
    await logEvent(trx, {
      serviceId: 'operator',
      role: 'system',
      action: 'audit.scan',
      purpose: 'audit',
      outcome: 'done',
      detail: { auditId: audit.auditId, quarter: audit.quarter, sample: size, missing: missing.length },
    })
  })
}

async function scanRows(attune: Attune, audit: Audit, rows: readonly UnauditedRow[]): Promise<ScannedText[]> {
  const keys = await findKeys(attune, rows)
  const scanned: ScannedText[] = []
  for (const row of rows) {
    const key = keys.get(`${row.serviceId}/${row.clientId}`)
    const form = await findPublishedForm(attune, row.formId, row.formVersion)
    if (key === undefined || form === undefined) continue
    const answers = JSON.parse(open(key, answersPlace(row), row.answersSealed).toString('utf8')) as Answers
    const roster =
      row.authorSealed === null
        ? []
        : [(JSON.parse(attune.keyring.openIdentity(authorPlace(row.recordId), row.authorSealed).toString('utf8')) as AuthorStamp).name]
    for (const { question, text } of collectTexts(answers, riskQuestions(attune.programme.policy, form))) {
      const found = detect(text, { roster })
      scanned.push({
        serviceId: row.serviceId,
        recordId: row.recordId,
        clientId: row.clientId,
        question,
        marks: found.map(({ start, end, type, because }) => ({ start, end, type, because })),
        confidence: Math.max(0, ...found.map((finding) => finding.confidence)),
        rank: rankOf(audit.seed, row.recordId, question),
      })
    }
  }
  return scanned
}

/** A number from 0 to 1 that the seed decides: the same draw can be made again, and nobody can choose what is drawn. */
export function rankOf(seed: string, recordId: string, question: string): number {
  return createHash('sha256').update(`${seed}/${recordId}/${question}`).digest().readUIntBE(0, 6) / 2 ** 48
}

type Actions = ReadonlyMap<string, { readonly actionId: string; readonly isNew: boolean }>

async function keepMissing(
  { programme }: Attune,
  trx: Parameters<typeof addFindings>[0],
  audit: Audit,
  missing: readonly MissingRow[],
  now: Date,
): Promise<Actions> {
  const dueOn = toDueOn(programme.policy.values.correctiveActionDays, now)
  const actions = new Map<string, { actionId: string; isNew: boolean }>()
  for (const { serviceId, practitionerId, isActive } of missing) {
    if (!isActive || actions.has(practitionerId)) continue
    actions.set(practitionerId, await openAction(trx, { serviceId, auditId: audit.auditId, practitionerId, at: now, dueOn }))
  }
  await addFindings(
    trx,
    missing.map((row) => ({
      ...row,
      auditId: audit.auditId,
      category: row.missing,
      foundAt: now,
      actionId: actions.get(row.practitionerId)?.actionId,
    })),
  )
  return actions
}

export const toDueOn = (days: number, now: Date): string => addDays(toLondonDay(now), days)

async function noteMissing(
  { programme }: Attune,
  trx: Parameters<typeof addFindings>[0],
  { auditId }: Audit,
  missing: readonly MissingRow[],
  at: Date,
  actions: Actions,
): Promise<void> {
  const dueOn = toDueOn(programme.policy.values.correctiveActionDays, at)
  for (const serviceId of new Set(missing.map((row) => row.serviceId))) {
    await noteFindings(trx, { serviceId, auditId, dueOn, at })
    const practitioners = missing
      .filter((row) => row.serviceId === serviceId && actions.get(row.practitionerId)?.isNew)
      .map((row) => row.practitionerId)
    for (const [practitionerId, accountId] of await findAccountIds(trx, serviceId, [...new Set(practitioners)]))
      await noteTrainingTask(trx, { serviceId, actionId: actions.get(practitionerId)!.actionId, accountId, dueOn, at })
  }
}
