// Opens sealed rows, many at once. A client whose key was destroyed is gone: the rows that are left of it are left out.
import type { Answers } from '@attune/forms'
import type { ProgrammeForm } from '@attune/programme'
import type { Attune } from '../../attune.ts'
import { open, type SealingKey } from '../../store/keyring/seal.ts'
import { answersPlace, codePlace } from '../../store/records/places.ts'
import type { SealedRow } from '../../store/records/record-rows.ts'
import { findPublishedForm } from '../form/form-shelf.ts'

export type OpenRow = Omit<SealedRow, 'answersSealed' | 'codeSealed'> & {
  readonly code: string
  readonly answers: Answers
  readonly form: ProgrammeForm | undefined
}

/** `keys` of the rows' clients when they are at hand, as `findKeys` gives them. */
export async function openRows(attune: Attune, rows: readonly SealedRow[], keys?: ReadonlyMap<string, SealingKey>): Promise<OpenRow[]> {
  keys ??= await findKeys(attune, rows)
  const codes = new Map<string, string>()
  const opened: OpenRow[] = []
  for (const { answersSealed, codeSealed, ...row } of rows) {
    const key = keys.get(`${row.serviceId}/${row.clientId}`)
    if (key === undefined) continue
    let code = codes.get(row.clientId)
    if (code === undefined) codes.set(row.clientId, (code = open(key, codePlace(row.clientId), codeSealed).toString('utf8')))
    const answers = JSON.parse(open(key, answersPlace(row), answersSealed).toString('utf8')) as Answers
    opened.push({ ...row, code, answers, form: await findPublishedForm(attune, row.formId, row.formVersion) })
  }
  return opened
}

/** Keys of clients of any number of services, by "service/client". */
export async function findKeys(
  { keyring }: Attune,
  rows: readonly { readonly serviceId: string; readonly clientId: string }[],
): Promise<ReadonlyMap<string, SealingKey>> {
  const clients = new Map<string, Set<string>>()
  for (const { serviceId, clientId } of rows) clients.set(serviceId, (clients.get(serviceId) ?? new Set()).add(clientId))
  const keys = new Map<string, SealingKey>()
  for (const [serviceId, ids] of clients) {
    for (const [clientId, key] of await keyring.findClientKeys(serviceId, [...ids])) keys.set(`${serviceId}/${clientId}`, key)
  }
  return keys
}
