// `npx attune import kobo|odk …`: takes records over from KoboToolbox or ODK Central, out of an export or from the running server. `connected` is the
// Kobo server of the settings, which the clock reads each night.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import { findKoboRefusal, findServiceRefusal } from '../apps/server/src/actions/import/find-refusal.ts'
import { importRecords } from '../apps/server/src/actions/import/import-records.ts'
import type { ImportReport } from '../apps/server/src/actions/import/import-tally.ts'
import { emptyMapping, parseMapping, type ImportMapping } from '../apps/server/src/actions/import/mapping.ts'
import { getImportForm } from '../apps/server/src/actions/import/take-record.ts'
import type { Attune } from '../apps/server/src/attune.ts'
import { factTreatments, readEnvironment, type FactTreatment } from '../apps/server/src/env.ts'
import { nearOf, toSourceAddress, type SourceServer } from '../apps/server/src/outside/import/ask-server.ts'
import { openKoboServer, openOdkServer } from '../apps/server/src/outside/import/live-sources.ts'
import { readSourceFile, readSourceForm } from '../apps/server/src/outside/import/read-source-file.ts'
import { SourceUnreadable, type Source } from '../apps/server/src/outside/import/source.ts'
import { Problem } from '../apps/server/src/problems.ts'
import { toLines, type Writer } from './writer.ts'
import { importConnected } from './import-connected.ts'
import { withAttune, type Lend } from './with-attune.ts'

const help = `Usage: npx attune import kobo --service ID --data EXPORT.csv|.xlsx|.json [--form XLSFORM]
       npx attune import kobo --service ID --url https://kf.example.org --asset UID
       npx attune import odk  --service ID --data EXPORT.csv|.json [--form XLSFORM]
       npx attune import odk  --service ID --url https://central.example.org/v1/projects/1/forms/NAME [--form XLSFORM]
       npx attune import connected [--all]

  --attachments FOLDER    the files of an export: KoboToolbox has a folder for each record named by its id (attachments/ID/photo.jpg), ODK Central one
                          for all (media)
  --no-attachments        take records without their files; else one whose file is not there is not taken
  --dry-run               look at everything, keep nothing
  --practitioner E-MAIL   in whose name records are taken over that the mapping gives to nobody else
  --mapping FILE.yaml     which answer there stands for which question here (docs/guides/importing.md)
  --facts WHAT            what happens where a personal fact is seen in free text: refuse (the record, the default), empty (the text),
                          strip (the fact), keep (it all, counted in the log)
  --report FILE.json      write the report there as well

The token of the server is read from ATTUNE_IMPORT_TOKEN; with ATTUNE_IMPORT_USER it is that user's password (ODK Central).
A record is known by its id: run it again whenever you like. Ends with 0 when every record is here, with 1 when some are not.

import connected reads the Kobo server of the settings (ATTUNE_KOBO_URL, ATTUNE_KOBO_TOKEN, ATTUNE_KOBO_ASSET) now, as the clock does each night;
--all also reads what lies behind many records that are here already.`

const options = {
  service: { type: 'string' },
  data: { type: 'string' },
  form: { type: 'string' },
  attachments: { type: 'string' },
  'no-attachments': { type: 'boolean' },
  url: { type: 'string' },
  asset: { type: 'string' },
  'dry-run': { type: 'boolean' },
  practitioner: { type: 'string' },
  mapping: { type: 'string' },
  facts: { type: 'string' },
  report: { type: 'string' },
  help: { type: 'boolean' },
} as const

/** Runs the command and returns the exit code. */
export async function importCommand(
  args: readonly string[],
  outTo: Writer,
  errTo: Writer,
  { env = process.env, lend }: { env?: Readonly<Record<string, string | undefined>>; lend?: Lend } = {},
): Promise<number> {
  const [out, err] = [toLines(outTo), toLines(errTo)] as const
  if (args[0] === 'connected' && !args.includes('--help')) return importConnected(args.slice(1), outTo, errTo, { env, lend })
  let asked: ReturnType<typeof read>
  try {
    asked = read(args)
  } catch (error) {
    err(`${error instanceof Error ? error.message : ''}\n\n${help}`)
    return 2
  }
  if (asked === undefined) {
    out(help)
    return args.includes('--help') ? 0 : 2
  }
  const { kind, values, facts } = asked
  try {
    // A file and an address are looked at first. A server is asked only when the agreements allow it.
    const file = values.data === undefined ? undefined : await openFile(kind, values.data, values)
    const server = values.url === undefined ? undefined : toServer(kind, values.url, env)
    return await (lend ?? ((work) => withAttune({ environment: readEnvironment(), err: errTo }, work)))(async (attune) => {
      const refusal =
        (await findServiceRefusal(attune, values.service)) ?? (server !== undefined && kind === 'kobo' ? findKoboRefusal(attune) : undefined)
      if (refusal !== undefined) throw new SourceUnreadable(refusal)
      const source = file ?? (await askSource(kind, { ...server!, near: [...attune.environment.near, ...server!.near] }, values))
      const mapping = values.mapping === undefined ? emptyMapping : await readMapping(attune, values.service, values.mapping)
      const dryRun = values['dry-run'] === true
      const began = performance.now()
      let told = began
      const report = await importRecords(attune, source, {
        serviceId: values.service,
        ...(values.practitioner !== undefined && { practitioner: values.practitioner }),
        people: mapping.people,
        mapping,
        facts,
        files: values['no-attachments'] === true ? 'leave' : 'take',
        dryRun,
        onProgress: ({ read, stored, repeated, refusedCount }) => {
          if (performance.now() - told < 2_000) return
          told = performance.now()
          const perSecond = read / ((told - began) / 1_000)
          const left = source.total === undefined ? '' : `, about ${Math.ceil((source.total - read) / perSecond)} s left`
          err(
            `${read}${source.total === undefined ? '' : ` of ${source.total}`} read: ${stored} new, ${repeated} here already, ${refusedCount} not taken${left}`,
          )
        },
      })
      out(toText(report, dryRun, source))
      if (values.report !== undefined)
        (await import('node:fs')).writeFileSync(values.report, `${JSON.stringify({ dryRun, ...report }, undefined, 2)}\n`)
      return report.refused.length === 0 && report.changed.length === 0 ? 0 : 1
    })
  } catch (error) {
    if (error instanceof SourceUnreadable) err(error.message)
    else if (error instanceof Problem) err(error.more.detail ?? `There is no service "${values.service}" with an open client form.`)
    else throw error
    return 2
  }
}

function read(args: readonly string[]) {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
  const [kind] = positionals
  if (values.help === true || positionals.length !== 1 || (kind !== 'kobo' && kind !== 'odk')) return undefined
  const { service, facts = 'refuse' } = values
  if (service === undefined) throw new Error('Name the service with --service.')
  if ((values.data === undefined) === (values.url === undefined)) throw new Error('Name a file with --data, or a server with --url.')
  if (values.attachments !== undefined && values.data === undefined)
    throw new Error('A running server gives its files out itself; --attachments goes with --data.')
  if (kind === 'kobo' && values.url !== undefined && values.asset === undefined) throw new Error('Name the form on the server with --asset.')
  if (!(factTreatments as readonly string[]).includes(facts)) throw new Error(`--facts is one of ${factTreatments.join(', ')}.`)
  return { kind, values: { ...values, service }, facts: facts as FactTreatment } as const
}

type Values = NonNullable<ReturnType<typeof read>>['values']

const openFile = async (kind: Source['kind'], data: string, { form, attachments }: Values): Promise<Source> =>
  readSourceFile(kind, data, form === undefined ? undefined : await readSourceForm(form), attachments)

function toServer(kind: Source['kind'], url: string, env: Readonly<Record<string, string | undefined>>): SourceServer {
  const token = env['ATTUNE_IMPORT_TOKEN'] ?? ''
  if (token === '') throw new SourceUnreadable('Put the token of the server into ATTUNE_IMPORT_TOKEN.')
  const user = env['ATTUNE_IMPORT_USER']
  const basic = user === undefined ? undefined : `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`
  const address = toSourceAddress(url)
  return { address, authorization: basic ?? `${kind === 'kobo' ? 'Token' : 'Bearer'} ${token}`, near: nearOf(address) }
}

async function askSource(kind: Source['kind'], server: SourceServer, { asset = '', form, ...values }: Values): Promise<Source> {
  if (kind === 'kobo') return openKoboServer(server, asset)
  return openOdkServer(server, { ...(form !== undefined && { form: await readSourceForm(form) }), files: values['no-attachments'] !== true })
}

async function readMapping(attune: Attune, serviceId: string, file: string): Promise<ImportMapping> {
  let value: unknown
  try {
    value = parse(readFileSync(file, 'utf8'))
  } catch {
    throw new SourceUnreadable(`There is no YAML file ${file} that can be read.`)
  }
  const parsed = parseMapping(value, (await getImportForm(attune, serviceId)).outline)
  if ('issues' in parsed) throw new SourceUnreadable(parsed.issues.join('\n'))
  return parsed.mapping
}

function toText(report: ImportReport, dryRun: boolean, { leftOut }: Source): string {
  const { read, stored, files, repeated, changed, refused, facts, choices, unnamed, unfilled } = report
  const lines = [
    `${read} ${read === 1 ? 'record' : 'records'} read: ${stored} ${dryRun ? 'would be taken over' : 'taken over'}${files === 0 ? '' : ` with ${files} ${files === 1 ? 'file' : 'files'}`}, ${repeated} were here already, ${changed.length} changed there since, ${refused.reduce((sum, one) => sum + one.records, 0)} not taken.`,
  ]
  const part = (title: string, rows: readonly string[]) => rows.length > 0 && lines.push('', title, ...rows.map((row) => `  ${row}`))
  part(
    'Not taken, and why:',
    refused.map(({ because, records, examples }) => `${records} × ${because}   (${examples.join(', ')})`),
  )
  part('Changed there since they were taken over; here they stay as they were:', changed.slice(0, 20))
  part(
    'Personal facts seen in free text:',
    facts.map(({ question, kind, found }) => `${question}: ${found} × ${kind}`),
  )
  part(
    'Choices that were taken for others:',
    choices.map(({ question, theirs, ours }) => `${question}: ${theirs} -> ${ours}`),
  )
  part(
    'Answers there that no question here takes:',
    report.leftOut.map(({ key, records }) => `${key} (${records})`),
  )
  part(
    'Files that no answer taken over names, by record:',
    unnamed.slice(0, 20).map(({ record, files }) => `${record} (${files})`),
  )
  part('Questions here that no record had an answer for:', unfilled.length === 0 ? [] : [unfilled.join(', ')])
  part('Parts of the export that were not read:', leftOut)
  if (dryRun) lines.push('', 'Nothing was kept.')
  return lines.join('\n')
}
