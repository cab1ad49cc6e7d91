// Opens a whole service's rows one after another. Of each client what later rows need again is kept, and kept small: 32 bytes of key and the code.
// A client whose key was destroyed is gone: the rows that are left of it are left out.
import type { Answers } from '@attune/forms'
import type { ProgrammeForm } from '@attune/programme'
import type { Attune } from '../../attune.ts'
import { openOnce } from '../../store/keyring/seal.ts'
import { answersPlace, codePlace } from '../../store/records/places.ts'
import type { SealedRow } from '../../store/records/record-rows.ts'
import { findPublishedForm } from '../form/form-shelf.ts'
import type { OpenRow } from './open-rows.ts'

const keyBytes = 32

export type CopyOpener = {
  /** Passes the pages on with what is needed to open them; the keys of the next page are fetched while one is worked at. */
  readonly prepare: (pages: AsyncIterable<readonly SealedRow[]>) => AsyncGenerator<readonly SealedRow[]>
  /** Opens a row of a page that was prepared; undefined when its client is gone. */
  readonly open: (row: SealedRow) => OpenRow | undefined
  readonly noteTaken: (rows: readonly OpenRow[]) => void
  /** The clients of all rows that were noted. */
  readonly taken: () => string[]
}

/** For the rows of one service. */
export function makeCopyOpener(attune: Attune, serviceId: string): CopyOpener {
  /** Where a client's things lie in the lists; -1 when it is gone. */
  const clients = new Map<string, number>()
  const codes: string[] = []
  const taken: boolean[] = []
  let keys = Buffer.alloc(1024 * keyBytes)
  const forms = new Map<string, ProgrammeForm | undefined>()

  const formName = ({ formId, formVersion }: SealedRow) => `${formId} ${formVersion}`
  const keyOf = (clientId: string, at: number) => ({
    id: `client/${serviceId}/${clientId}`,
    bytes: keys.subarray(at * keyBytes, (at + 1) * keyBytes),
  })

  async function learn(rows: readonly SealedRow[]): Promise<void> {
    const asked = new Map<string, Buffer>()
    for (const row of rows) {
      if (row.serviceCopy && !clients.has(row.clientId)) asked.set(row.clientId, row.codeSealed)
      const form = formName(row)
      if (!forms.has(form)) forms.set(form, await findPublishedForm(attune, row.formId, row.formVersion))
    }
    if (asked.size === 0) return
    const found = await attune.keyring.readClientKeys(serviceId, [...asked.keys()])
    for (const [clientId, codeSealed] of asked) {
      const key = found.get(clientId)
      if (key === undefined) {
        clients.set(clientId, -1)
        continue
      }
      const at = codes.length
      if (keys.length < (at + 1) * keyBytes) keys = Buffer.concat([keys, Buffer.alloc(keys.length)])
      key.bytes.copy(keys, at * keyBytes)
      clients.set(clientId, at)
      codes.push(openOnce(key, codePlace(clientId), codeSealed).toString('utf8'))
      taken.push(false)
    }
  }

  return {
    async *prepare(pages) {
      let before: readonly SealedRow[] | undefined
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
      const { answersSealed, codeSealed: _, clientId } = row
      const at = clients.get(clientId) ?? -1
      if (at < 0) return undefined
      const { serviceId: ofService, recordId, formId, formVersion, policyVersion, sessionOn, receivedAt } = row
      const { serviceCopy, reviewState, reviewPlaces, restricted, practitionerId, scales, scores } = row
      const answers = JSON.parse(openOnce(keyOf(clientId, at), answersPlace(row), answersSealed).toString('utf8')) as Answers
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
        code: codes[at]!,
        answers,
        form: forms.get(formName(row)),
      }
    },
    noteTaken(rows) {
      for (const { clientId } of rows) taken[clients.get(clientId)!] = true
    },
    taken() {
      const noted: string[] = []
      for (const [clientId, at] of clients) if (at >= 0 && taken[at] === true) noted.push(clientId)
      return noted
    },
  }
}
