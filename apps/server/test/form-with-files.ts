// The client form with a picture at a question and a list in a file, as somebody would hand it in together with them.
import { changedClientForm, toSurveyRow } from '../../../packages/programme/test/changed-form.ts'
import type { Client, Reply } from './attune.ts'
import { onePixel } from './submission.ts'

export type Beside = Readonly<Record<string, string | Buffer>>

export const towns = 'name,label,area\nabc,Abertown,north\ndef,Deepdale,south\nghi,Glenford,north\n'
/** Another PNG: the same pixel, with a note in it. */
export const otherPixel = (() => {
  const note = Buffer.from('0000000274455874610089a7cc6e', 'hex')
  return Buffer.concat([onePixel.subarray(0, 33), note, onePixel.subarray(33)])
})()

const declared = (names: readonly string[]) =>
  [
    '| fields | | | | | |',
    '| | name | label | purposes | sensitivity | justification |',
    ...names.map((name) => `| | ${name} | ${name} | guide-practice | ordinary | Shows which hall was nearest. |`),
  ].join('\n')

/** Columns that the client form has not: media of labels. */
const mediaColumns = ['media::image', 'media::big-image', 'media::audio', 'media::video'] as const

type Rows = {
  readonly version?: string
  readonly cells?: object
  readonly media?: Readonly<Record<string, string>>
  readonly picks?: object | null
}

/** The form's Markdown: `place`, a question with media, and `hall`, chosen from a file. */
export function formWithFiles({ version = '2025-06.files', cells = {}, media = { 'media::image': 'dog.png' }, picks = {} }: Rows = {}): string {
  const place = toSurveyRow({
    type: 'select_one yes_no',
    name: 'place_known',
    label: 'Was the place known?',
    welsh: 'A oedd y lle yn hysbys?',
    ...cells,
  })
  const hall = toSurveyRow({
    type: 'select_one_from_file towns.csv',
    name: 'hall',
    label: 'Which hall was nearest?',
    welsh: 'Pa neuadd oedd agosaf?',
    ...picks,
  })
  const added = `${place} ${mediaColumns.map((column) => media[column] ?? '').join(' | ')} |${picks === null ? '' : `\n${hall}`}`
  const text = changedClientForm({
    version,
    addAfter: ['age_group', added],
    sheets: declared(picks === null ? ['place_known'] : ['place_known', 'hall']),
  })
  return text.replace(/^\| \| type \| name \|.*$/m, (header) => `${header} ${mediaColumns.join(' | ')} |`)
}

export const handInWith = (client: Client, content: string | Buffer, files: Beside = {}, fileName = 'client-session.md'): Promise<Reply> =>
  client.post('/api/form-drafts', {
    fileName,
    content: Buffer.from(content).toString('base64'),
    files: Object.entries(files).map(([name, bytes]) => ({ name, content: Buffer.from(bytes).toString('base64') })),
  })

/** Hands in as one and publishes as another. */
export async function publishWith([one, other]: readonly [Client, Client], content: string | Buffer, files: Beside = {}): Promise<Reply> {
  const handed = await handInWith(one, content, files)
  if (handed.body.draft === null) throw new Error(JSON.stringify(handed.body.issues))
  return other.post(`/api/form-drafts/${handed.body.draft.draftId}/publish`)
}
