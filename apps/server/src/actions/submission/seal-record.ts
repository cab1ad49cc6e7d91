// Seals everything of one record in its places: the form, the answers, the code and the files under the client's key, the author under the
// identity partition's.
import type { Answers } from '@attune/forms'
import type { Keyring } from '../../store/keyring/keyring.ts'
import { seal, type SealingKey } from '../../store/keyring/seal.ts'
import type { AuthorStamp } from '../../store/practitioners.ts'
import { answersPlace, attachmentPlace, authorPlace, codePlace, xmlPlace } from '../../store/records/places.ts'
import type { SealedRecord } from '../../store/records/submit-record.ts'
import type { SubmittedFile } from './submission.ts'

export type OpenRecord = {
  readonly serviceId: string
  readonly recordId: string
  readonly clientId: string
  readonly code: string
  readonly xml: Buffer
  readonly answers: Answers
  readonly author: AuthorStamp
  readonly files: readonly SubmittedFile[]
}

type Sealed = Pick<SealedRecord, 'codeSealed' | 'xmlSealed' | 'answersSealed' | 'authorSealed' | 'files'>

export function sealRecord(keyring: Keyring, key: SealingKey, record: OpenRecord): Sealed {
  const { serviceId, recordId, clientId } = record
  const row = { recordId, clientId }
  return {
    codeSealed: seal(key, codePlace(clientId), Buffer.from(record.code)),
    xmlSealed: seal(key, xmlPlace(row), record.xml),
    answersSealed: seal(key, answersPlace(row), Buffer.from(JSON.stringify(record.answers))),
    authorSealed: keyring.sealIdentity(authorPlace(recordId), JSON.stringify(record.author)),
    files: record.files.map(({ name, bytes }) => {
      const nameHash = keyring.lookupHash('file-name', serviceId, name)
      return {
        nameHash,
        nameSealed: seal(key, attachmentPlace(row, nameHash, 'name'), Buffer.from(name)),
        sealed: seal(key, attachmentPlace(row, nameHash, 'content'), bytes),
        contentHash: keyring.lookupHash('file', serviceId, bytes),
      }
    }),
  }
}
