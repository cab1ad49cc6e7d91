// One record as KoboToolbox writes it: in the JSON of its API v2, and in the rows of its CSV and XLSX exports ("XML values and headers").
import { isJson, toSourceRow, type SourceFile, type SourceForm, type SourceRecord, type SourceRow } from './source.ts'

/** Keys that KoboToolbox or the collecting app adds; no question of a form. */
const added =
  /^(?:_.*|formhub\/uuid|meta\/.*|__version__|instanceID|rootUuid|start|end|today|deviceid|username|simserial|subscriberid|phonenumber|audit)$/

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** From `data.json`. An edited record has a new `meta/instanceID`; `meta/rootUuid` stays. */
export function toKoboRecord(value: { readonly [key: string]: unknown }): SourceRecord {
  const status = value['_validation_status']
  return {
    instanceId: text(value['meta/rootUuid']) || text(value['meta/instanceID']) || text(value['_uuid']),
    ...(text(value['_submitted_by']) !== '' && { sentBy: text(value['_submitted_by']) }),
    rejected: isJson(status) && text(status['uid']) === 'validation_status_not_approved',
    closed: text(value['encryptedXmlFile']) !== '',
    answers: withoutAdded(toSourceRow(value)),
  }
}

/** What a record says of a file that came with it. */
export type KoboAttachment = Omit<SourceFile, 'read'> & {
  /** Where the server gives it out. */
  readonly address: string
}

/** The files of a record of `data.json`, those that were deleted there left out. Older servers do not say for which question a file was given. */
export function toKoboAttachments(value: { readonly [key: string]: unknown }): readonly KoboAttachment[] {
  const list = Array.isArray(value['_attachments']) ? value['_attachments'].filter(isJson) : []
  return list.flatMap((one) => {
    const named = text(one['media_file_basename']) || text(one['filename'])
    const place = text(one['question_xpath'])
    if (named === '' || one['is_deleted'] === true) return []
    return [{ name: named.slice(named.lastIndexOf('/') + 1), ...(place !== '' && { place }), address: text(one['download_url']) }]
  })
}

/** Names of the folder that an export of files has for a record: the id of its newest edition, and the one that it came with. */
export function toKoboFolders(value: { readonly [key: string]: unknown }): readonly string[] {
  const ids = ['_uuid', 'meta/instanceID', 'instanceID', 'meta/rootUuid'].map((key) => text(value[key]).replace(/^uuid:/, ''))
  return [...new Set(ids.filter((id) => id !== ''))]
}

/** From a row of an export, by its header. */
export function toKoboRowRecord(row: SourceRow): SourceRecord {
  const status = text(row['_validation_status'])
  return {
    instanceId: text(row['meta/rootUuid']) || text(row['meta/instanceID']) || text(row['_uuid']) || text(row['instanceID']),
    ...(text(row['_submitted_by']) !== '' && { sentBy: text(row['_submitted_by']) }),
    rejected: /not[_ ]approved/i.test(status),
    closed: text(row['encryptedXmlFile']) !== '',
    answers: withoutAdded(row),
  }
}

function withoutAdded(row: SourceRow): SourceRow {
  // Beside a repeat Kobo tells how many rows it has.
  const counts = new Set(Object.entries(row).flatMap(([key, value]) => (typeof value === 'string' ? [] : [`${key}_count`])))
  return Object.fromEntries(
    Object.entries(row).flatMap(([key, value]) =>
      added.test(key) || counts.has(key) ? [] : [[key, typeof value === 'string' ? value : value.map(withoutAdded)]],
    ),
  )
}

/** The form from `assets/{uid}`: `content.survey` and `content.choices`. */
export function toKoboForm(asset: unknown): SourceForm {
  const content = isJson(asset) && isJson(asset['content']) ? asset['content'] : {}
  const rows = (name: string) => (Array.isArray(content[name]) ? content[name].filter(isJson) : [])
  const lists = new Map<string, string>()
  const labels = new Map<string, Map<string, readonly string[]>>()
  for (const row of rows('survey')) {
    const name = text(row['name']) || text(row['$autoname'])
    const list = text(row['select_from_list_name']) || (/^select_(?:one|multiple) (\S+)/.exec(text(row['type']))?.[1] ?? '')
    if (name !== '' && list !== '') lists.set(name, list)
  }
  for (const row of rows('choices')) {
    const list = text(row['list_name'])
    const given = Array.isArray(row['label']) ? row['label'] : [row['label']]
    if (!labels.has(list)) labels.set(list, new Map())
    labels.get(list)!.set(
      text(row['name']) || text(row['$autovalue']),
      given.filter((label) => typeof label === 'string'),
    )
  }
  return { lists, labels }
}
