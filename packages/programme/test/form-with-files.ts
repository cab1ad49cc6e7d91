// The client form with a picture at a question and a list in a file, as somebody would hand it in together with them.
import { changedClientForm, toSurveyRow } from './changed-form.ts'

const declared = (names: readonly string[]) =>
  [
    '| fields | | | | | |',
    '| | name | label | purposes | sensitivity | justification |',
    ...names.map((name) => `| | ${name} | ${name} | guide-practice | ordinary | Shows which hall was nearest. |`),
  ].join('\n')

/** Columns that the client form has not: media of labels. */
const mediaColumns = ['image', 'big-image', 'audio', 'video'].flatMap((kind) => [`media::${kind}::English (en)`, `media::${kind}::Cymraeg (cy)`])

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
  const added = `${place} ${mediaColumns.map((column) => media[column.replace(/::[^:]+$/, '')] ?? '').join(' | ')} |${picks === null ? '' : `\n${hall}`}`
  const text = changedClientForm({
    version,
    addAfter: ['age_group', added],
    sheets: declared(picks === null ? ['place_known'] : ['place_known', 'hall']),
  })
  return text.replace(/^\| \| type \| name \|.*$/m, (header) => `${header} ${mediaColumns.join(' | ')} |`)
}
