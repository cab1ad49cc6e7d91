// One record as ODK Central writes it: in its OData feed and in its CSV. https://docs.getodk.org/central-api-odata-endpoints/
import { isJson, toSourceRow, type SourceRecord, type SourceRow } from './source.ts'

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const addedColumn =
  /^(?:SubmissionDate|KEY|SubmitterID|SubmitterName|AttachmentsPresent|AttachmentsExpected|Status|ReviewState|DeviceID|Edits|FormVersion|meta-.*|instanceID|instanceName)$/

/** From `value` of the feed. `__id` stays the same through edits; `meta/instanceID` does not. */
export function toOdkRecord(value: { readonly [key: string]: unknown }): SourceRecord {
  const { __id, __system, meta: _meta, ...answers } = value
  const system = isJson(__system) ? __system : {}
  return {
    instanceId: text(__id),
    ...(text(system['submitterName']) !== '' && { sentBy: text(system['submitterName']) }),
    rejected: system['reviewState'] === 'rejected' || text(system['deletedAt']) !== '',
    closed: /NotDecrypted/i.test(text(system['status'])),
    answers: toSourceRow(answers),
  }
}

/** Names of the folder that some tools make for the files of a record. */
export function toOdkFolders(value: { readonly [key: string]: unknown }): readonly string[] {
  const ids = ['__id', 'KEY', 'meta-instanceID', 'instanceID'].map((key) => text(value[key]).replace(/^uuid:/, ''))
  return [...new Set(ids.filter((id) => id !== ''))]
}

/** From a row of the CSV, by its header. */
export function toOdkRowRecord(row: SourceRow): SourceRecord {
  return {
    instanceId: text(row['KEY']) || text(row['meta-instanceID']) || text(row['instanceID']),
    ...(text(row['SubmitterName']) !== '' && { sentBy: text(row['SubmitterName']) }),
    rejected: text(row['ReviewState']) === 'rejected',
    closed: /not decrypted/i.test(text(row['Status'])),
    answers: Object.fromEntries(Object.entries(row).filter(([key]) => !addedColumn.test(key))),
  }
}
