// `npx attune import connected`: reads the connected Kobo server now, as the clock does each night.
import { parseArgs } from 'node:util'
import { openShelf } from '../apps/server/src/actions/form/form-shelf.ts'
import { importKobo } from '../apps/server/src/actions/import/import-kobo.ts'
import { readEnvironment } from '../apps/server/src/env.ts'
import { toLines, type Writer } from './writer.ts'
import { withAttune, type Lend } from './with-attune.ts'

/** Runs the command and returns the exit code: 0 when all that is there is here, 1 when some were held back, 2 when no server is connected. */
export async function importConnected(
  args: readonly string[],
  outTo: Writer,
  errTo: Writer,
  { env, lend }: { env: Readonly<Record<string, string | undefined>>; lend?: Lend | undefined },
): Promise<number> {
  const [out, err] = [toLines(outTo), toLines(errTo)] as const
  const { values } = parseArgs({ args: [...args], options: { all: { type: 'boolean' } } })
  const environment = readEnvironment(env)
  if (environment.kobo === undefined) {
    err('No Kobo server is connected: ATTUNE_KOBO_URL is not set (docs/guides/operations.md). An import by hand is "npx attune import kobo".')
    return 2
  }
  const work: Parameters<Lend>[0] = async (attune) => {
    await openShelf(attune)
    const { read, taken, known, changed, held } = await importKobo(attune, { all: values.all === true })
    out(
      `${read} ${read === 1 ? 'record' : 'records'} read: ${taken} taken in, ${known} here already, ${changed} changed there since, ${held} held back.`,
    )
    if (held > 0) err('The log says why (kobo.import). What was held back is tried again.')
    return held === 0 ? 0 : 1
  }
  return lend === undefined ? withAttune({ environment, err: errTo }, work) : lend(work)
}
