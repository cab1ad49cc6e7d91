// The results that came with this release, written by `npm test` (tools/clauses/release-proofs.ts).
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { readLedgers, toLedgerText, type ProgrammeLedgers } from '@attune/programme'

export type Proof = {
  readonly state: 'proven' | 'attested' | 'unproven'
  readonly why?: string
  readonly tests: readonly { readonly name: string; readonly file: string; readonly passed: boolean }[]
}
export type ReleaseProofs = {
  readonly madeAt: string
  readonly commit: string
  readonly remarks: readonly string[]
  readonly ledgers: string
  readonly clauses: { readonly [id: string]: Proof }
}

/** Undefined when there are none, or when they cannot be read: then nothing is proven here. */
export function findReleaseProofs(folder: string): ReleaseProofs | undefined {
  try {
    const proofs = JSON.parse(readFileSync(path.join(folder, 'proofs.json'), 'utf8')) as Partial<ReleaseProofs>
    const isWhole =
      typeof proofs.madeAt === 'string' && typeof proofs.ledgers === 'string' && typeof proofs.clauses === 'object' && Array.isArray(proofs.remarks)
    return isWhole ? (proofs as ReleaseProofs) : undefined
  } catch {
    return undefined
  }
}

/** The ledgers of every programme beside the one that runs, itself included. */
export function readAllLedgers(programmeFolder: string): readonly ProgrammeLedgers[] {
  const above = path.dirname(programmeFolder)
  const folders = readdirSync(above, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && existsSync(path.join(above, entry.name, 'programme.yaml')),
  )
  return folders.flatMap((entry) => {
    const folder = path.join(above, entry.name)
    const files = new Map(
      readdirSync(folder)
        .filter((name) => name.endsWith('.yaml'))
        .map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]),
    )
    const read = readLedgers(files)
    return read.ok ? [read.programme] : []
  })
}

/** As tools/clauses/release-proofs.ts digests them. */
export const digestLedgers = (programmes: readonly ProgrammeLedgers[]): string => createHash('sha256').update(toLedgerText(programmes)).digest('hex')
