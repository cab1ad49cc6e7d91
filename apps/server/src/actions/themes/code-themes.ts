// Reading what clients said to count themes in it (DCS-064, DCS-094). Texts pass through memory: opened, stripped of what may say who somebody is,
// sent, forgotten. What is kept are counts under labels too short for a quotation.
import { tell } from '@attune/contract'
import { randomUUID } from 'node:crypto'
import type { BodyOf, QueryOf } from '@attune/contract'
import { detect, type FindingType } from '@attune/detector'
import type { Answers } from '@attune/forms'
import { questionsOf } from '@attune/forms'
import { getFormOfKind } from '@attune/programme'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { open } from '../../store/keyring/seal.ts'
import { logEvent } from '../../store/log-event.ts'
import type { AuthorStamp } from '../../store/practitioners.ts'
import { answersPlace, authorPlace } from '../../store/records/places.ts'
import { addCoding, findTextRecords, listCodings, type SavedCoding } from '../../store/sums/theme-counts.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { collectTexts } from '../audit/risk-texts.ts'
import { findKeys } from '../record/open-rows.ts'
import { previousQuarter } from '../report/quarter.ts'
import { toEdition } from '../report/release.ts'

const recordsAtOnce = 50
const cursorPlace = { table: 'sums.theme_counts', row: 'cursor', field: 'after' }
const tokens: { readonly [type in FindingType]: string } = {
  PERSON: 'a person',
  CONTACT: 'a contact',
  ADDRESS: 'an address',
  POSTCODE: 'a place',
  DATE: 'a date',
  ORG: 'an organisation',
  ID: 'a number',
  SPECIAL: 'left out',
}

/** The questions in words that the policy lets an analyst read. */
export function themeQuestions({ programme }: Pick<Attune, 'programme'>): { readonly question: string; readonly label: string }[] {
  const form = getFormOfKind(programme, 'client-record')
  return questionsOf(form.outline)
    .filter(
      ({ name, type }) =>
        type === 'text' &&
        programme.policy.fields.some(
          (field) => field.form === form.id && field.name === name && field.sensitivity === 'free-text' && field.purposes.includes('analyse'),
        ),
    )
    .map(({ name, label }) => ({ question: name, label: label[form.outline.defaultLanguage] ?? name }))
}

export async function listThemes(attune: Attune, acting: Acting): Promise<{ lastQuarter: string; codings: SavedCoding[] }> {
  const codings = await withReader(attune.databases.attune, acting, '', (trx) => listCodings(trx as never, attune.programme.id))
  return { lastQuarter: previousQuarter(toEdition(attune)), codings }
}

/** One page of texts, in no order that means anything, and where the next one begins. Each page is an event with its number of records. */
export async function readThemeTexts(
  attune: Attune,
  acting: Acting,
  query: QueryOf<'GET /api/themes/texts'>,
): Promise<{ texts: string[]; next: string | null }> {
  const { databases, keyring, programme } = attune
  const question = query.question ?? themeQuestions(attune)[0]?.question ?? ''
  checkQuestion(attune, question)
  const last = previousQuarter(toEdition(attune))
  const until = query.until ?? last
  if (until > last) raise('slice-refused', tell('report.not-released'))
  const days = { from: query.from === undefined ? '0001-01-01' : firstDay(query.from), until: lastDay(until) }
  const after = query.after === undefined ? '00000000-0000-0000-0000-000000000000' : openCursor(attune, query.after)
  const rows = await withActor(databases.attune, { role: 'system' }, 'analyse', async (trx) => {
    const found = await findTextRecords(trx, { programmeId: programme.id, ...days, after, limit: recordsAtOnce })
    await logEvent(trx, {
      serviceId: 'operator',
      ...(acting.accountId !== undefined && { accountId: acting.accountId }),
      role: acting.role,
      action: 'text.code',
      purpose: 'analyse',
      outcome: 'done',
      detail: { question, records: found.length },
    })
    return found
  })
  const keys = await findKeys(attune, rows)
  const texts = rows.flatMap((row) => {
    const key = keys.get(`${row.serviceId}/${row.clientId}`)
    if (key === undefined) return []
    const answers = JSON.parse(open(key, answersPlace(row), row.answersSealed).toString('utf8')) as Answers
    const roster =
      row.authorSealed === null
        ? []
        : [(JSON.parse(keyring.openIdentity(authorPlace(row.recordId), row.authorSealed).toString('utf8')) as AuthorStamp).name]
    return collectTexts(answers, [question]).map(({ text }) => stripIdentity(text, roster))
  })
  const end = rows.length < recordsAtOnce ? undefined : rows.at(-1)?.recordId
  return { texts, next: end === undefined ? null : keyring.sealIdentity(cursorPlace, end).toString('base64url') }
}

/** The text with everything that may say who somebody is replaced by what kind of thing it was. */
export function stripIdentity(text: string, roster: readonly string[] = []): string {
  let stripped = ''
  let at = 0
  for (const { start, end, type } of detect(text, { roster })) {
    stripped += `${text.slice(at, start)}[${tokens[type]}]`
    at = end
  }
  return stripped + text.slice(at)
}

export async function saveThemes(attune: Attune, acting: Acting, body: BodyOf<'POST /api/themes'>): Promise<string> {
  checkQuestion(attune, body.question)
  for (const [at, { theme }] of body.themes.entries()) {
    if (detect(theme).length > 0) raise('request-invalid', { fields: [{ place: `/themes/${at}/theme`, why: 'looks like it says who somebody is' }] })
    if (body.themes.findIndex((other) => other.theme === theme) !== at)
      raise('request-invalid', { fields: [{ place: `/themes/${at}/theme`, why: 'is there twice' }] })
  }
  const codingId = randomUUID()
  await withActor(attune.databases.attune, acting, 'analyse', async (trx) => {
    await addCoding(trx, attune.programme.id, { ...body, from: body.from ?? '', codingId, savedAt: attune.clock.now() })
    await logEvent(trx, {
      serviceId: 'operator',
      ...(acting.accountId !== undefined && { accountId: acting.accountId }),
      role: acting.role,
      action: 'themes.save',
      purpose: 'analyse',
      outcome: 'done',
      detail: { codingId, themes: body.themes.length },
    })
  })
  return codingId
}

function checkQuestion(attune: Attune, question: string): void {
  if (!themeQuestions(attune).some((known) => known.question === question))
    raise('request-invalid', { fields: [{ place: '/question', why: 'is not one that may be read for themes' }] })
}

function openCursor({ keyring }: Attune, after: string): string {
  try {
    return keyring.openIdentity(cursorPlace, Buffer.from(after, 'base64url')).toString('utf8')
  } catch {
    return raise('request-invalid', { fields: [{ place: '/after', why: 'is not where a page ended' }] })
  }
}

function firstDay(quarter: string): string {
  return `${quarter.slice(0, 4)}-${String(Number(quarter.slice(6)) * 3 - 2).padStart(2, '0')}-01`
}

function lastDay(quarter: string): string {
  return new Date(Date.UTC(Number(quarter.slice(0, 4)), Number(quarter.slice(6)) * 3, 0)).toISOString().slice(0, 10)
}
