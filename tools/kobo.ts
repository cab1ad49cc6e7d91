// `npx attune kobo import`: what the clock does each night, by hand.
import { openShelf } from '../apps/server/src/actions/form/form-shelf.ts'
import { importKobo } from '../apps/server/src/actions/import/import-kobo.ts'
import { readEnvironment } from '../apps/server/src/env.ts'
import { toLines, type Writer } from './writer.ts'
import { withAttune } from './with-attune.ts'

const help = `Usage: npx attune kobo import [--all]

Reads the records of a form on a Kobo server (ATTUNE_KOBO_URL, ATTUNE_KOBO_TOKEN, ATTUNE_KOBO_ASSET) and takes in those that are not here yet, on
behalf of the practitioner whose work address stands in practitioner_email. --all also reads pages behind one that is known already.`

/** Runs the command and returns the exit code: 0 when all that is there is here, 1 when some were held back. */
export async function kobo(args: readonly string[], outTo: Writer, errTo: Writer): Promise<number> {
  const [out, err] = [toLines(outTo), toLines(errTo)] as const
  if (args[0] !== 'import' || args.includes('--help')) {
    out(help)
    return args.includes('--help') ? 0 : 2
  }
  return withAttune({ environment: readEnvironment(), err: errTo }, async (attune) => {
    await openShelf(attune)
    const { read, taken, known, held } = await importKobo(attune, { all: args.includes('--all') })
    out(`${read} records read: ${taken} taken in, ${known} here already, ${held} held back.`)
    if (held > 0) err('The log says why (kobo.import). What was held back is tried again.')
    return held === 0 ? 0 : 1
  })
}
