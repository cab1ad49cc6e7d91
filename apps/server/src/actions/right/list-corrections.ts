// The history of corrections made for a request: which answers, why, by whom and when. The words that stood there are kept nowhere (DCS-055, DCS-072).
import { questionsOf } from '@attune/forms'
import type { ProgrammeForm } from '@attune/programme'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { findPeople } from '../../store/accounts/accounts.ts'
import type { AttuneTables } from '../../store/attune-tables.ts'
import { logEvent } from '../../store/log-event.ts'
import { correctionPlace } from '../../store/records/places.ts'
import { findCorrections, type CorrectionFacts } from '../../store/rights/corrections.ts'
import { findRequest } from '../../store/rights/requests.ts'
import { withActor, withReader, type Transaction } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { findPublishedForm } from '../form/form-shelf.ts'

export type ListedCorrection = CorrectionFacts & {
  readonly label: string
  readonly reason: string
  readonly maker: string | null
  readonly mine: boolean
}

/** Corrections of a request that the actor may see, oldest first. Names of colleagues are shown to administrators alone. Looking is an event. */
export async function listCorrections(attune: Attune, acting: Acting, requestId: string): Promise<ListedCorrection[]> {
  const { databases, keyring } = attune
  const request = await withActor(databases.attune, acting, 'rights', async (trx) => {
    const row = await findRequest(trx, requestId)
    await logEvent(trx, {
      serviceId: row?.service_id ?? acting.serviceId,
      accountId: acting.accountId,
      role: acting.role,
      action: 'right.corrections',
      outcome: row === undefined ? 'refused' : 'done',
      detail: { requestId },
    })
    return row
  })
  if (request === undefined) raise('not-found')
  // Facts of the request, whoever looks: the request itself was shown above.
  const rows = await withReader(databases.attune, { role: 'system' }, 'rights', (reading) =>
    findCorrections(reading as unknown as Transaction<AttuneTables>, request.service_id, request.request_id),
  )
  const makers =
    acting.role === 'administrator'
      ? await withReader(databases.accounts, { role: 'door' }, 'sign-in', (trx) =>
          findPeople(trx as never, keyring, [...new Set(rows.map(({ madeBy }) => madeBy))]),
        )
      : new Map<string, { displayName: string }>()
  const listed: ListedCorrection[] = []
  for (const row of rows) {
    const form = await findPublishedForm(attune, row.formId, row.formVersion)
    listed.push({
      ...row,
      label: form === undefined ? row.field : toLabel(form, row.field),
      reason: keyring.openIdentity(correctionPlace(row.correctionId), row.reasonSealed).toString('utf8'),
      maker: makers.get(row.madeBy)?.displayName ?? null,
      mine: row.madeBy === acting.accountId,
    })
  }
  return listed
}

function toLabel({ outline }: ProgrammeForm, field: string): string {
  const label = questionsOf(outline).find(({ name }) => name === field)?.label ?? {}
  return label[outline.defaultLanguage] ?? Object.values(label)[0] ?? field
}
