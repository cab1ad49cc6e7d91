// The client form and its records in the shapes of Kobo's API v2, as its clients read them (robotoolbox, KoboExtractor, pykobo).
import { createHash } from 'node:crypto'
import { questionsOf, type Answers, type AnswerValue, type FormOutline, type OutlineNode, type Texts } from '@attune/forms'
import type { ProgrammeForm } from '@attune/programme'
import { isTable } from './record-variables.ts'
import type { RecordFacts } from './record.ts'

/** The form that a service fills in, since when there is one, and since when it is as it is. */
export type KoboForm = { readonly form: ProgrammeForm; readonly firstAt: Date; readonly publishedAt: Date }

/** Where the reader is: addresses in an answer end as the one that was asked, in `/` or in `.json`. pykobo builds others from them. */
export type KoboPlace = { readonly server: string; readonly ending: '/' | '.json' }

/** Kobo's ids of forms and versions; robotoolbox takes no others (`^a[A-Za-z0-9]{21}$`). Always the same for one form and one version. */
export const toKoboUid = (formId: string): string => `a${toSigns('form', formId)}`
export const toKoboVersion = (formId: string, version: string): string => `v${toSigns('version', formId, version)}`

const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

function toSigns(...words: readonly string[]): string {
  let left = BigInt(`0x${createHash('sha256').update(words.join('\n')).digest('hex')}`)
  let text = ''
  for (let count = 0; count < 21; count++, left /= 62n) text += signs[Number(left % 62n)]
  return text
}

/** A form goes by its id in Kobo's manner, and by its own. */
export const isFormNamed = (uid: string, { id }: Pick<ProgrammeForm, 'id'>): boolean => uid === id || uid === toKoboUid(id)

const addressOf = (server: string, formId: string) => `${server}/api/v2/assets/${toKoboUid(formId)}`

export function presentAsset({ form, firstAt, publishedAt }: KoboForm, { server, ending }: KoboPlace, count: number) {
  const url = addressOf(server, form.id)
  return {
    url: `${url}${ending}`,
    data: `${url}/data${ending}`,
    uid: toKoboUid(form.id),
    name: form.title,
    asset_type: 'survey',
    owner__username: 'attune',
    date_created: firstAt.toISOString(),
    date_modified: publishedAt.toISOString(),
    has_deployment: true,
    deployment__active: true,
    deployment__submission_count: count,
    version_id: toKoboVersion(form.id, form.version),
    deployed_version_id: toKoboVersion(form.id, form.version),
    summary: toSummary(form),
  }
}

function toSummary({ outline }: ProgrammeForm) {
  const questions = questionsOf(outline).filter(({ type }) => type !== 'note')
  return {
    geo: questions.some(({ type }) => type.startsWith('geo')),
    labels: questions.slice(0, 5).map(({ label }) => Object.values(label)[0] ?? ''),
    columns: ['type', 'name', 'label', 'required'],
    languages: outline.languages,
    row_count: questions.length,
    default_translation: outline.defaultLanguage,
  }
}

/** One published version, with its content where that is asked for. */
export function presentVersion({ form, publishedAt }: KoboForm, server: string, more: 'content' | 'brief') {
  const at = publishedAt.toISOString()
  const uid = toKoboVersion(form.id, form.version)
  return {
    uid,
    url: `${addressOf(server, form.id)}/versions/${uid}/`,
    date_deployed: at,
    date_modified: at,
    ...(more === 'content' && { content: toContent(form) }),
  }
}

export function presentAssetDetail(found: KoboForm, place: KoboPlace, count: number) {
  return { ...presentAsset(found, place, count), content: toContent(found.form) }
}

function toContent({ id, version, outline }: ProgrammeForm) {
  const words = (texts: Texts) => outline.languages.map((language) => texts[language] ?? null)
  const translated = outline.languages.length > 0
  const label = (texts: Texts) => (translated ? words(texts) : [Object.values(texts)[0] ?? null])
  const rows = (nodes: readonly OutlineNode[]): object[] =>
    nodes.flatMap((node): object[] => {
      const base = { name: node.name, $autoname: node.name, $xpath: toKoboKey(outline, node.path), label: label(node.label) }
      if (node.kind === 'question')
        return [
          {
            type: node.type.replaceAll('-', '_').toLowerCase(),
            ...base,
            ...(node.list !== undefined && { select_from_list_name: node.list }),
            required: node.required === true,
          },
        ]
      return [{ type: `begin_${node.kind}`, ...base }, ...rows(node.children), { type: `end_${node.kind}` }]
    })
  return {
    schema: '1',
    survey: rows(outline.children),
    choices: Object.entries(outline.choices).flatMap(([list, choices]) =>
      choices.map(({ name, label: texts }) => ({ list_name: list, name, $autovalue: name, label: label(texts) })),
    ),
    settings: { id_string: id, version, default_language: outline.defaultLanguage },
    translated: ['label'],
    translations: translated ? outline.languages : [null],
  }
}

/** Kobo names an answer by the groups that it stands in. */
export const toKoboKey = (outline: FormOutline, path: string) => path.slice(outline.rootName.length + 2)

/** Kobo's records have numbers; ours is made from the record's own id. */
export const toKoboId = (recordId: string): number => Number.parseInt(recordId.replaceAll('-', '').slice(0, 12), 16)

/** A file of a record, as its clients look for it: by the end of `filename`, or by the question. `at` is its place among the files, from 0. */
export function presentAttachment({ name, place }: { readonly name: string; readonly place: string }, recordId: string, at: number, form: string) {
  const url = `${form}/data/${recordId}/attachments/${at + 1}/`
  return {
    id: at + 1,
    uid: String(at + 1),
    download_url: url,
    filename: `attune/attachments/${recordId}/${name}`,
    media_file_basename: name,
    question_xpath: place,
    instance: toKoboId(recordId),
    is_deleted: false,
  }
}

/** One record; every answer is text, as in Kobo. `fields`: the only keys wanted, beside `_id`, which always comes; `attachments`: its files, already as Kobo tells them. */
export function presentKoboRecord(
  row: RecordFacts,
  fields: readonly string[] | undefined,
  attachments: readonly object[] = [],
): Record<string, unknown> {
  const all: Record<string, unknown> = {
    _id: toKoboId(row.recordId),
    _uuid: row.recordId,
    'meta/instanceID': `uuid:${row.recordId}`,
    _xform_id_string: toKoboUid(row.formId),
    __version__: toKoboVersion(row.formId, row.formVersion),
    _submission_time: row.receivedAt.toISOString().slice(0, 19),
    _submitted_by: null,
    _attachments: attachments,
    _geolocation: [null, null],
    _notes: [],
    _tags: [],
    _status: 'submitted_via_web',
    _validation_status: {},
  }
  if (row.form !== undefined) Object.assign(all, presentAnswers(row.form.outline, row.form.outline.children, row.answers))
  return fields === undefined ? all : Object.fromEntries(Object.entries(all).filter(([key]) => key === '_id' || fields.includes(key)))
}

/** Answers by the names that Kobo gives them; a repeat is the list of its rows, each with the whole name of every answer. */
function presentAnswers(outline: FormOutline, nodes: readonly OutlineNode[], answers: Answers): Record<string, unknown> {
  const told: Record<string, unknown> = {}
  for (const node of nodes) {
    if (node.kind === 'group') Object.assign(told, presentAnswers(outline, node.children, answers))
    const key = toKoboKey(outline, node.path)
    const value = answers[node.name] ?? answers[key]
    if (value === undefined || node.kind === 'group') continue
    if (node.kind === 'repeat') {
      const rows = withoutBlankEnd(value as readonly Answers[])
      if (rows.length === 0) continue
      // Kobo tells how many before it lists them, and pykobo counts on it.
      told[`${key}_count`] = String(rows.length)
      told[key] = rows.map((row) => presentAnswers(outline, node.children, row))
    } else if (node.type !== 'note') told[key] = toText(value)
  }
  return told
}

/**
 * The rows of a repeat up to the last that holds an answer: collecting apps open an empty one, and Kobo keeps none of those. Rows before keep their
 * places, by which files are found. Without a row a repeat is not there at all: robotoolbox cannot build a table of none.
 */
export const withoutBlankEnd = (rows: readonly Answers[]): readonly Answers[] => rows.slice(0, rows.findLastIndex((row) => !isBlank(row)) + 1)

const isBlank = (row: Answers): boolean =>
  Object.values(row).every((value) => Array.isArray(value) && value.every((row: unknown) => typeof row === 'object' && isBlank(row as Answers)))

/** An answer as Kobo writes it. */
export function toText(value: AnswerValue): string {
  if (!Array.isArray(value)) return String(value)
  return isTable(value) ? JSON.stringify(value) : (value as readonly string[]).join(' ')
}
