// Opens a whole service's rows one after another. Of each client what later rows need again is kept, and kept small. Its code stays sealed: what the
// form says of the client is in the answers. A client whose key was destroyed is gone: the rows that are left of it are left out.
import type { Answers } from '@attune/forms'
import type { ProgrammeForm } from '@attune/programme'
import type { Attune } from '../../attune.ts'
import { openOnce, toTableKey, type TableKey } from '../../store/keyring/seal.ts'
import { answersPlace } from '../../store/records/places.ts'
import type { CopyPage, CopyRow } from '../../store/records/copy-rows.ts'
import { findPublishedForm } from '../form/form-shelf.ts'
import { makeClientList } from './client-list.ts'
import type { OpenRow } from './open-rows.ts'

const keyBytes = 32
/** Where answers lie, whoever's they are. */
const { table } = answersPlace({ recordId: '', clientId: '' })

export type CopiedRow = Omit<OpenRow, 'code'>

export type CopyOpener = {
  /** Passes the pages on with what is needed to open them; the keys of the next page are fetched while one is worked at. */
  readonly prepare: (pages: AsyncIterable<CopyPage>) => AsyncGenerator<CopyPage>
  /** Opens a row of a page that was prepared; undefined when its client is gone. */
  readonly open: (row: CopyRow) => CopiedRow | undefined
  readonly noteTaken: (rows: readonly CopiedRow[]) => void
  /** The ids of the clients of all rows that were noted, 16 bytes each. */
  readonly taken: () => Buffer
}

/** For the rows of one service. */
export function makeCopyOpener(attune: Attune, serviceId: string): CopyOpener {
  // The key, and the one for answers, which it takes longer to derive than to open a record.
  const clients = makeClientList(2 * keyBytes)
  const forms = new Map<string, ProgrammeForm | undefined>()
  const formName = ({ formId, formVersion }: Pick<CopyRow, 'formId' | 'formVersion'>) => `${formId} ${formVersion}`

  async function learn(page: CopyPage): Promise<void> {
    const asked = new Set<string>()
    for (let at = 0; at < page.length; at++) {
      const { clientId, serviceCopy, ...row } = page.owner(at)
      if (serviceCopy && clients.find(clientId) < 0) asked.add(clientId)
      const form = formName(row)
      if (!forms.has(form)) forms.set(form, await findPublishedForm(attune, row.formId, row.formVersion))
    }
    if (asked.size === 0) return
    const found = await attune.keyring.readClientKeys(serviceId, [...asked])
    for (const clientId of asked) {
      const key = found.get(clientId)
      clients.add(clientId, key && Buffer.concat([key.bytes, toTableKey(key, table).derived]))
    }
  }

  function keyOf(clientId: string): TableKey | undefined {
    const at = clients.find(clientId)
    if (at < 0 || !clients.opens(at)) return undefined
    const secret = clients.secret(at)
    return { id: `client/${serviceId}/${clientId}`, bytes: secret.subarray(0, keyBytes), table, derived: secret.subarray(keyBytes) }
  }

  return {
    async *prepare(pages) {
      let before: CopyPage | undefined
      for await (const page of pages) {
        const learning = learn(page)
        // Should work on the page before fail, nobody waits for this one; its own failure comes with `await`.
        learning.catch(() => {})
        if (before !== undefined) yield before
        await learning
        before = page
      }
      if (before !== undefined) yield before
    },
    open(row) {
      const { answersSealed, clientId } = row
      const key = keyOf(clientId)
      if (key === undefined) return undefined
      const { serviceId: ofService, recordId, formId, formVersion, policyVersion, sessionOn, receivedAt } = row
      const { serviceCopy, reviewState, reviewPlaces, restricted, practitionerId, scales, scores } = row
      const answers = JSON.parse(openOnce(key, answersPlace(row), answersSealed).toString('utf8')) as Answers
      // Written out: to copy a row with `...` takes longer than to open it.
      return {
        serviceId: ofService,
        recordId,
        clientId,
        formId,
        formVersion,
        policyVersion,
        sessionOn,
        receivedAt,
        serviceCopy,
        reviewState,
        reviewPlaces,
        restricted,
        practitionerId,
        scales,
        scores,
        answers,
        form: forms.get(formName(row)),
      }
    },
    noteTaken(rows) {
      for (const { clientId } of rows) clients.mark(clients.find(clientId))
    },
    taken: () => clients.marked(),
  }
}
