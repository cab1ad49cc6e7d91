// `npx attune analyse`: fetches the released aggregates of all services with an analyst's token and writes one file. Nothing else is kept: no
// record, no intermediate file.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { toLines, type Writer } from './writer.ts'

const help = `Usage: npx attune analyse --server https://ADDRESS --out FILE.csv [--from 2025-Q1] [--until 2025-Q4] [--age-group GROUP] [--mode MODE]

Fetches the figures over all services that are released, and writes them as one CSV table of counts and means. Small numbers are left out by the
server. The token (Sign in as analyst, Analysis programs) is read from ATTUNE_ANALYSIS_TOKEN, never from the command line.`

const options = {
  server: { type: 'string' },
  out: { type: 'string' },
  from: { type: 'string' },
  until: { type: 'string' },
  'age-group': { type: 'string' },
  mode: { type: 'string' },
  help: { type: 'boolean' },
} as const

/** Runs the command and returns the exit code: 0 when the file is written, 1 when the server refused, 2 when something is missing. */
export async function analyse(args: readonly string[], outTo: Writer, errTo: Writer): Promise<number> {
  const [out, err] = [toLines(outTo), toLines(errTo)] as const
  const { values } = parseArgs({ args: [...args], options })
  if (values.help === true) {
    out(help)
    return 0
  }
  const token = process.env['ATTUNE_ANALYSIS_TOKEN']?.trim()
  const { server, out: file } = values
  if (server === undefined || file === undefined || token === undefined || token === '') {
    err(`--server, --out and ATTUNE_ANALYSIS_TOKEN are needed.\n${help}`)
    return 2
  }
  const address = new URL('/analysis/figures.csv', server)
  const { from, until, mode } = values
  for (const [name, value] of Object.entries({ from, until, mode, ageGroup: values['age-group'] }))
    if (value !== undefined) address.searchParams.set(name, value)
  const reply = await fetch(address, { headers: { authorization: `Token ${token}` }, redirect: 'error' })
  const body = await reply.text()
  if (!reply.ok) {
    err(toReason(body) ?? `The server answered ${reply.status}.`)
    return 1
  }
  writeFileSync(file, body, { mode: 0o600 })
  out(`${body.trimEnd().split('\n').length - 1} figures were written to ${file}.`)
  return 0
}

function toReason(body: string): string | undefined {
  try {
    const { title, detail } = JSON.parse(body) as { title?: string; detail?: string }
    return title === undefined ? undefined : `${title} ${detail ?? ''}`.trim()
  } catch {
    return undefined
  }
}
