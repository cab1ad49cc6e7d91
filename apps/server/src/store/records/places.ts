// Where sealed values of the main database live. A value moved to any other place does not open.
import type { Place } from '../keyring/seal.ts'

type RecordKey = { readonly recordId: string; readonly clientId: string }

export const codePlace = (clientId: string): Place => ({ table: 'answers.clients', row: clientId, field: 'code', client: clientId })
export const xmlPlace = ({ recordId, clientId }: RecordKey): Place => ({ table: 'answers.records', row: recordId, field: 'xml', client: clientId })
export const answersPlace = ({ recordId, clientId }: RecordKey): Place => ({
  table: 'answers.records',
  row: recordId,
  field: 'answers',
  client: clientId,
})
export const attachmentPlace = ({ recordId, clientId }: RecordKey, nameHash: Buffer, field: 'name' | 'content'): Place => ({
  table: 'answers.attachments',
  row: `${recordId}/${nameHash.toString('hex')}`,
  field,
  client: clientId,
})
export const practitionerPlace = (practitionerId: string): Place => ({ table: 'identity.practitioners', row: practitionerId, field: 'sealed' })
export const consentPlace = (consentId: string): Place => ({ table: 'identity.practitioner_consents', row: consentId, field: 'sealed' })
export const authorPlace = (recordId: string): Place => ({ table: 'identity.record_authors', row: recordId, field: 'sealed' })
export const requestPlace = (requestId: string, field: 'code' | 'words' | 'decision' | 'clock'): Place => ({
  table: 'rights.requests',
  row: requestId,
  field,
})
export const correctionPlace = (correctionId: string): Place => ({ table: 'answers.corrections', row: correctionId, field: 'reason' })
