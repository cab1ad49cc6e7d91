// `npx attune programme check [folder …]`: checks programme folders as the server does at start, and says what is wrong at its line.
import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { readLedgers, readProgramme, showIssue, type ProgrammeIssue } from '@attune/programme'
import { findProgrammeFolders, readProgrammeFiles, readScaleFiles, sha256 } from './programme-folder.ts'

export type Write = (text: string) => void

const usage = `Usage: npx attune programme check [FOLDER …] [--json]

Checks programme folders as the server does at start and says what is wrong, at its line. Without a folder: every one under programmes/.
Ends with 0 when each is in order, with 1 when one is not.
`

/** Runs the command. Gives 0 when every folder is in order, 1 when one is not, 2 when the command was not understood. */
export async function programme(args: readonly string[], out: Write, err: Write): Promise<number> {
  const [command, ...rest] = args
  if (args.includes('--help')) {
    out(usage)
    return 0
  }
  const asJson = rest.includes('--json')
  const unknown = rest.filter((word) => word.startsWith('--') && word !== '--json')
  if (command !== 'check' || unknown.length > 0) {
    err(usage)
    return 2
  }
  const named = rest.filter((word) => !word.startsWith('--'))
  const folders = named.length > 0 ? named : findProgrammeFolders()
  const scales = readScaleFiles()
  let broken = 0
  for (const folder of folders) {
    if (!existsSync(folder) || !statSync(folder).isDirectory()) {
      err(`There is no folder ${folder}.\n`)
      broken += 1
      continue
    }
    const { issues, says } = checkFolder(folder, scales)
    if (issues.length > 0) broken += 1
    if (asJson) for (const issue of issues) out(`${JSON.stringify({ folder, ...issue })}\n`)
    else {
      for (const issue of issues) err(`${showIssue({ ...issue, file: path.join(folder, issue.file) })}\n`)
      out(`${folder}: ${issues.length === 0 ? says : `${issues.length} ${issues.length === 1 ? 'issue' : 'issues'}`}\n`)
    }
  }
  return broken === 0 ? 0 : 1
}

function checkFolder(folder: string, scales: ReadonlyMap<string, string>): { readonly issues: readonly ProgrammeIssue[]; readonly says: string } {
  const files = readProgrammeFiles(folder)
  const ledgers = readLedgers(files)
  if (ledgers.ok && ledgers.programme.status === 'ledger-only') {
    const clauses = ledgers.programme.ledgers.reduce((count, ledger) => count + ledger.clauses.length, 0)
    return { issues: [], says: `in order: a ledger of ${clauses} clauses; not a programme that can be opened` }
  }
  const read = readProgramme({ files, scales, digest: sha256 })
  if (!read.ok) return { issues: read.issues, says: '' }
  const { forms, measures, policy, clauses, policyVersion } = read.programme
  return {
    issues: [],
    says: `in order: ${forms.length} forms, ${policy.fields.length} fields, ${policy.purposes.length} purposes, ${measures.length} measures, ${clauses.length} clauses; policy ${policyVersion.text}`,
  }
}
