// Everything that is held about one client code, one practitioner or one service, in the published shape (packages/contract/src/portable.ts).
import { questionsOf } from '@attune/forms'
import type { PortableBundle } from '@attune/contract'
import type { ProgrammeForm } from '@attune/programme'
import type { Attune } from '../../attune.ts'
import type { AttuneTables } from '../../store/attune-tables.ts'
import { authorPlace, consentPlace } from '../../store/records/places.ts'
import { findRecordRows, type RecordFilter } from '../../store/records/record-rows.ts'
import { findOwnIdentity } from '../../store/rights/own-identity.ts'
import type { RequestRow } from '../../store/rights/requests.ts'
import { findService } from '../../store/services.ts'
import type { AuthorStamp } from '../../store/practitioners.ts'
import type { Transaction } from '../../store/with-actor.ts'
import { openRows, type OpenRow } from '../record/open-rows.ts'

const pageRows = 1_000
type Trx = Transaction<AttuneTables>

export type Bundle = { readonly bundle: PortableBundle; readonly records: number; readonly withheld: number }

/** A client's own data is whole; a service gets what is not held and what its clients agreed that it may keep (COM-060). */
export async function buildBundle(attune: Attune, trx: Trx, request: RequestRow): Promise<Bundle> {
  const { programme, clock } = attune
  const { service_id: serviceId, subject } = request
  const service = await findService(trx, serviceId)
  const { rows, withheld } = subject === 'practitioner' ? { rows: [], withheld: 0 } : await readRows(attune, trx, request)
  const forms = new Map(rows.flatMap(({ form }) => (form === undefined ? [] : [[`${form.id}/${form.version}`, form] as const])))
  const practitioner = subject === 'practitioner' ? await readPractitioner(attune, trx, request) : null
  const bundle: PortableBundle = {
    schema: 'attune-portable/1',
    programme: programme.id,
    policyVersion: programme.policyVersion.text,
    madeAt: clock.now().toISOString(),
    about: subject,
    service: { id: serviceId, name: service?.name ?? serviceId },
    clients: toClients(rows),
    practitioner,
    fields: [...forms.values()].flatMap(toFields),
  }
  return { bundle, records: practitioner?.records.length ?? rows.length, withheld }
}

async function readRows(
  attune: Attune,
  trx: Trx,
  { service_id: serviceId, subject, client_id: clientId }: RequestRow,
): Promise<{ rows: OpenRow[]; withheld: number }> {
  if (subject === 'client' && clientId === null) return { rows: [], withheld: 0 }
  const rows: OpenRow[] = []
  let withheld = 0
  let after: RecordFilter['after']
  for (;;) {
    const page = await findRecordRows(
      trx,
      { serviceId, restricted: 'with', ...(clientId !== null && { clientId }), ...(after && { after }) },
      pageRows,
    )
    const given = subject === 'client' ? page : page.filter((row) => row.serviceCopy && !row.restricted)
    withheld += page.length - given.length
    rows.push(...(await openRows(attune, given)))
    if (page.length < pageRows) return { rows, withheld }
    after = page.at(-1)!
  }
}

function toClients(rows: readonly OpenRow[]): PortableBundle['clients'] {
  const clients = new Map<string, PortableBundle['clients'][number]['sessions']>()
  for (const row of rows.toReversed()) {
    const sessions = clients.get(row.code) ?? []
    sessions.push({
      recordId: row.recordId,
      sessionOn: row.sessionOn,
      receivedAt: row.receivedAt.toISOString(),
      form: { id: row.formId, version: row.formVersion },
      answers: row.answers as PortableBundle['clients'][number]['sessions'][number]['answers'],
      scores: row.scales.map((scale, at) => ({ scale, stored: row.scores[at]! })),
    })
    clients.set(row.code, sessions)
  }
  return [...clients].map(([code, sessions]) => ({ code, sessions }))
}

function toFields({ id, version, outline }: ProgrammeForm): PortableBundle['fields'] {
  const words = (texts: { readonly [language: string]: string }) => texts[outline.defaultLanguage] ?? Object.values(texts)[0] ?? ''
  return questionsOf(outline)
    .filter(({ type }) => type !== 'note')
    .map((question) => ({
      form: id,
      version,
      name: question.name,
      label: words(question.label),
      type: question.type,
      choices: Object.fromEntries(
        (question.list === undefined ? [] : (outline.choices[question.list] ?? [])).map((choice) => [choice.name, words(choice.label)]),
      ),
    }))
}

async function readPractitioner({ keyring }: Attune, trx: Trx, { account_id }: RequestRow): Promise<NonNullable<PortableBundle['practitioner']>> {
  const { consents, trainings, authors } = await findOwnIdentity(trx, account_id!)
  return {
    consents: consents.map(({ consentId, signedAt, edition, termsVersion, sealed }) => ({
      signedAt: signedAt.toISOString(),
      edition,
      termsVersion,
      fields: sealed === null ? {} : (JSON.parse(keyring.openIdentity(consentPlace(consentId), sealed).toString('utf8')) as Record<string, unknown>),
    })),
    trainings: trainings.map(({ course, version, passedAt }) => ({ course, version, passedAt: passedAt.toISOString() })),
    records: authors.flatMap(({ recordId, sessionOn, sealed }) => {
      if (sealed === null) return []
      const { name, email } = JSON.parse(keyring.openIdentity(authorPlace(recordId), sealed).toString('utf8')) as AuthorStamp
      return [{ recordId, sessionOn, name, email }]
    }),
  }
}
