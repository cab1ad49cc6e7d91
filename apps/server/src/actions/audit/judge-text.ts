// The human's part of an audit: reading the next texts, and a verdict on each. Reading runs as the auditor; what a verdict changes runs as the
// system in one transaction, so that the auditor's own database role never holds the right to write an answer.
import type { BodyOf } from '@attune/contract'
import type { Answers } from '@attune/forms'
import { categoryOfToken, checkSpans, may, replaceSpans, type AuditSpan } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { raise, telling } from '../../problems.ts'
import { findAudits } from '../../store/audits/audits.ts'
import { countLeft, findTexts, keepVerdict, type SealedText } from '../../store/audits/audit-texts.ts'
import { addFindings, findRecordPractitioner, openAction } from '../../store/audits/findings.ts'
import { open } from '../../store/keyring/seal.ts'
import { logEvent } from '../../store/log-event.ts'
import { findAccountIds } from '../../store/practitioners.ts'
import { answersPlace } from '../../store/records/places.ts'
import { findSealedContent, replaceSealedContent } from '../../store/records/reseal-record.ts'
import { withActor, withReader, type Transaction } from '../../store/with-actor.ts'
import type { AttuneTables } from '../../store/attune-tables.ts'
import type { Acting } from '../acting.ts'
import { findPublishedForm } from '../form/form-shelf.ts'
import { openCodes } from '../record/open-codes.ts'
import { findKeys } from '../record/open-rows.ts'
import { settleSoon } from '../right/settle-outside.ts'
import { noteFindings, noteTrainingTask } from './audit-letters.ts'
import { redactRecord } from './redact-record.ts'
import { collectTexts, labelOfQuestion, riskQuestions } from './risk-texts.ts'
import { toDueOn } from './scan-audit.ts'

const system = { role: 'system' } as const
const pageSize = 20

export type OpenText = { readonly row: SealedText; readonly text: string; readonly label: string }

/** The next texts that need a verdict, the surest marks first, and how many are left. Reading them is an event. */
export async function readTexts(attune: Attune, acting: Acting, purpose: string, auditId: string): Promise<{ texts: OpenText[]; left: number }> {
  const { role, serviceId, accountId } = acting
  const { rows, left } = await withActor(attune.databases.attune, acting, purpose, async (trx) => {
    if ((await findAudits(trx, attune.programme.id, auditId)).length === 0) raise('not-found')
    const found = await findTexts(trx, { auditId, limit: pageSize })
    await logEvent(trx, { serviceId, accountId, role, action: 'text.audit', purpose, outcome: 'done', detail: { auditId, rows: found.length } })
    return { rows: found, left: await countLeft(trx, auditId) }
  })
  return { texts: await openTexts(attune, rows), left }
}

async function openTexts(attune: Attune, rows: readonly SealedText[]): Promise<OpenText[]> {
  const keys = await findKeys(attune, rows)
  const opened: OpenText[] = []
  for (const row of rows) {
    const key = keys.get(`${row.serviceId}/${row.clientId}`)
    const form = await findPublishedForm(attune, row.formId, row.formVersion)
    if (key === undefined || form === undefined) continue
    const answers = JSON.parse(open(key, answersPlace(row), row.answersSealed).toString('utf8')) as Answers
    const found = collectTexts(answers, riskQuestions(attune.programme.policy, form)).find(({ question }) => question === row.question)
    opened.push({ row, text: found?.text ?? '', label: labelOfQuestion(form, row.question) })
  }
  return opened
}

/** Judges one text. `replace` changes the record, keeps a finding for each stretch, opens the corrective action and tells the service's leads. */
export async function judgeText(
  attune: Attune,
  acting: Acting,
  purpose: string,
  textId: string,
  { verdict, spans = [] }: BodyOf<'POST /api/audit-texts/:textId/verdict'>,
): Promise<{ left: number; text: string | undefined }> {
  const decision = may(attune.programme.policy, { role: acting.role, secondFactor: true }, 'audit.judge')
  if (!decision.allowed) raise('not-allowed', telling(decision))
  const { databases, clock } = attune
  const [row] = await withReader(databases.attune, acting, purpose, (trx) => findTexts(trx as never, { textId }))
  if (row === undefined) raise('not-found')
  if (row.verdict !== null) raise('audit-text-judged')
  const at = clock.now()
  if (verdict === 'clear') {
    if (spans.length > 0) raise('request-invalid', { fields: [{ place: '/spans', why: 'goes with the verdict "replace" only' }] })
    await withActor(databases.attune, system, purpose, async (trx) => {
      await requireOpen(attune, trx, row.auditId)
      if (!(await keepVerdict(trx, { textId, verdict: 'clear', by: acting.accountId, at }))) raise('audit-text-judged')
      await note(trx, acting, row, 'audit.judge', purpose, { textId, verdict })
    })
    return { left: await leftOf(attune, acting, purpose, row.auditId), text: undefined }
  }
  const text = await replaceText(attune, acting, purpose, row, spans, at)
  return { left: await leftOf(attune, acting, purpose, row.auditId), text }
}

async function replaceText(attune: Attune, acting: Acting, purpose: string, row: SealedText, spans: readonly AuditSpan[], at: Date): Promise<string> {
  const { databases, keyring, programme } = attune
  const { serviceId, recordId, clientId, auditId, textId, question } = row
  const [opened] = await openTexts(attune, [row])
  const code = (await openCodes(attune, [row])).get(clientId)
  if (opened === undefined || code === undefined) raise('not-found')
  const wrong = checkSpans(opened.text, spans)
  if (wrong !== undefined) raise('request-invalid', { fields: [{ place: '/spans', why: wrong }] })
  const text = replaceSpans(opened.text, spans, code)
  const categories = spans.map((span) => categoryOfToken(span.as))
  const [beforeHash, afterHash] = [keyring.lookupHash('audited-text', serviceId, opened.text), keyring.lookupHash('audited-text', serviceId, text)]
  const dueOn = toDueOn(programme.policy.values.correctiveActionDays, at)
  await withActor(databases.attune, system, purpose, async (trx) => {
    await requireOpen(attune, trx, auditId)
    const before = (await findSealedContent(trx, serviceId, recordId)) ?? raise('not-found')
    const after = await redactRecord(attune, row, before, new Map([[opened.text, text]]))
    if (!before.answersSealed.equals(row.answersSealed) || !(await replaceSealedContent(trx, { serviceId, recordId, before, after })))
      raise('record-changed')
    if (!(await keepVerdict(trx, { textId, verdict: 'replaced', by: acting.accountId, at }))) raise('audit-text-judged')
    const practitioner = await findRecordPractitioner(trx, serviceId, recordId)
    const action = practitioner?.isActive
      ? await openAction(trx, { serviceId, auditId, practitionerId: practitioner.practitionerId, at, dueOn })
      : undefined
    const facts = { serviceId, auditId, recordId, clientId, sessionOn: before.sessionOn, question, foundAt: at, foundBy: acting.accountId }
    await addFindings(
      trx,
      spans.map((span) => ({
        ...facts,
        category: categoryOfToken(span.as),
        spanLength: span.end - span.start,
        beforeHash,
        afterHash,
        actionId: action?.actionId,
      })),
    )
    await note(trx, acting, row, 'record.redact', purpose, {
      recordId,
      question,
      categories,
      lengths: spans.map((span) => String(span.end - span.start)),
      before: beforeHash.toString('hex'),
      after: afterHash.toString('hex'),
    })
    await noteFindings(trx, { serviceId, auditId, text: { textId, recordId, question }, dueOn, at })
    if (action?.isNew !== true || practitioner === undefined) return
    const accountId = (await findAccountIds(trx, serviceId, [practitioner.practitionerId])).get(practitioner.practitionerId)
    await noteTrainingTask(trx, { serviceId, actionId: action.actionId, accountId, dueOn, at })
  })
  await settleSoon(attune, serviceId)
  return text
}

async function requireOpen({ programme }: Attune, trx: Transaction<AttuneTables>, auditId: string): Promise<void> {
  const [audit] = await findAudits(trx, programme.id, auditId)
  if (audit === undefined) raise('not-found')
  if (audit.closedAt !== null) raise('audit-closed')
}

const leftOf = ({ databases }: Attune, acting: Acting, purpose: string, auditId: string) =>
  withReader(databases.attune, acting, purpose, (trx) => countLeft(trx as never, auditId))

async function note(
  trx: Transaction<AttuneTables>,
  { role, accountId }: Acting,
  { serviceId }: SealedText,
  action: string,
  purpose: string,
  detail: Readonly<Record<string, string | readonly string[]>>,
): Promise<void> {
  await logEvent(trx, { serviceId, accountId, role, action, purpose, outcome: 'done', detail })
}
