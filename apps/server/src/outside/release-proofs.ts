// The results that came with this release, written by `npm test` (tools/clauses/release-proofs.ts).
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
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

type Held = { readonly stamp: string; readonly ledgers: readonly ProgrammeLedgers[] }
const held = new Map<string, Held>()

/** The ledgers of every programme beside the one that runs, itself included. Read again only when a file has changed: it is a fifth of a second's work. */
export function readAllLedgers(programmeFolder: string): readonly ProgrammeLedgers[] {
  const above = path.dirname(programmeFolder)
  const folders = readdirSync(above, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(path.join(above, entry.name, 'programme.yaml')))
    .map((entry) => path.join(above, entry.name))
  const files = folders.map((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => path.join(folder, name)),
  )
  const stamp = files
    .flat()
    .map((file) => {
      const { mtimeMs, size } = statSync(file)
      return `${file} ${mtimeMs} ${size}`
    })
    .join('\n')
  const known = held.get(above)
  if (known?.stamp === stamp) return known.ledgers
  const ledgers = files.flatMap((inFolder) => {
    const read = readLedgers(new Map(inFolder.map((file) => [path.basename(file), readFileSync(file, 'utf8')])))
    return read.ok ? [read.programme] : []
  })
  held.set(above, { stamp, ledgers })
  return ledgers
}

/** As tools/clauses/release-proofs.ts digests them. */
export const digestLedgers = (programmes: readonly ProgrammeLedgers[]): string => createHash('sha256').update(toLedgerText(programmes)).digest('hex')
