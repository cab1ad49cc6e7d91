// A portable package as a zip file: one JSON for machines with the schema that it follows, a CSV of the sessions, a guide to every field, a note.
import { PortableBundle } from '@attune/contract'
import { toDelimitedLine } from './table-text.ts'
import { makeZip } from './zip-file.ts'

// Whoever gets the package opens its tables in a spreadsheet; the words as they were written are in data.json.
const csv = (rows: readonly (readonly (string | number)[])[]) => rows.map((row) => toDelimitedLine(row, ',')).join('')

export async function packBundle(bundle: PortableBundle, at: Date): Promise<Buffer> {
  const zip = makeZip(at)
  const add = async (name: string, content: string) => {
    const part = zip.add(name)
    await part.write(content)
    await part.end()
  }
  const names = [...new Set(bundle.fields.map((field) => field.name))]
  const cell = (value: unknown) =>
    value === undefined || value === null
      ? ''
      : Array.isArray(value)
        ? value.join(' ')
        : typeof value === 'object'
          ? JSON.stringify(value)
          : String(value)
  await add('data.json', `${JSON.stringify(bundle, null, 2)}\n`)
  await add('schema.json', `${JSON.stringify(PortableBundle, null, 2)}\n`)
  await add(
    'sessions.csv',
    csv([
      ['code', 'session_on', 'record_id', ...names],
      ...bundle.clients.flatMap(({ code, sessions }) =>
        sessions.map((session) => [code, session.sessionOn, session.recordId, ...names.map((name) => cell(session.answers[name]))]),
      ),
    ]),
  )
  await add(
    'fields.csv',
    csv([
      ['form', 'version', 'name', 'question', 'kind', 'choices'],
      ...bundle.fields.map((field) => [
        field.form,
        field.version,
        field.name,
        field.label,
        field.type,
        Object.entries(field.choices)
          .map(([name, label]) => `${name} = ${label}`)
          .join('; '),
      ]),
    ]),
  )
  await add(
    'READ-ME.txt',
    `${bundle.programme}, ${bundle.service.name}, made ${bundle.madeAt}.\ndata.json follows schema.json. sessions.csv holds the same sessions as a table; fields.csv says what each column asks.\n`,
  )
  return zip.finish()
}
