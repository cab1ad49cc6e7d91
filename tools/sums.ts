// `npx attune sums verify`: the sums against the sealed answers they come from.
import { openShelf } from '../apps/server/src/actions/form/form-shelf.ts'
import { verifySums } from '../apps/server/src/actions/sums/verify-sums.ts'
import { readEnvironment } from '../apps/server/src/env.ts'
import { rebuildSums } from '../apps/server/src/store/sums/fold-sums.ts'
import { toLines, type Writer } from './writer.ts'
import { withAttune } from './with-attune.ts'

const help = `Usage: npx attune sums verify
       npx attune sums rebuild

verify   works all sums out again from the sealed answers, in memory, and compares them with those that are kept. Writes nothing.
rebuild  makes the sums again from the scores; nobody can submit meanwhile.`

/** Runs the command and returns the exit code: 0 when all agree, 1 when they differ. */
export async function sums(args: readonly string[], outTo: Writer, errTo: Writer): Promise<number> {
  const [out, err] = [toLines(outTo), toLines(errTo)] as const
  const [word] = args
  if ((word !== 'verify' && word !== 'rebuild') || args.includes('--help')) {
    out(help)
    return args.includes('--help') ? 0 : 2
  }
  return withAttune({ environment: readEnvironment(), err: errTo }, async (attune) => {
    if (word === 'rebuild') {
      await rebuildSums(attune.databases.attune)
      out('The sums were made again from the scores.')
      return 0
    }
    await openShelf(attune)
    const { records, clients, cells, unreadable, differing } = await verifySums(attune)
    if (unreadable > 0) out(`${unreadable} records could not be opened: their key is destroyed or their form is not known here.`)
    if (differing.length === 0) {
      out(`The sums agree: ${records} records of ${clients} clients, ${cells} cells.`)
      return 0
    }
    err(`${differing.length} of ${cells} cells differ from the sealed answers, for example ${differing.slice(0, 5).join('; ')}.`)
    err(
      'Run "npx attune sums rebuild", then verify again. If they still differ, the scores do not follow from the answers: keep the log and tell us.',
    )
    return 1
  })
}
