// `npx attune synthetic`: an analysis bundle of a release: invented data that looks like it, its figures, a dictionary, first lines in Python and R.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { toLondonDay } from '../apps/server/src/actions/london-day.ts'
import { listReleasesToShare, takeRelease } from '../apps/server/src/actions/report/read-release.ts'
import type { Attune } from '../apps/server/src/attune.ts'
import { makeDice } from '../apps/server/src/demo/dice.ts'
import { readEnvironment } from '../apps/server/src/env.ts'
import { makeAnalysisBundle } from '../apps/server/src/present/analysis-bundle.ts'
import { presentReport } from '../apps/server/src/present/report.ts'
import { toLines, type Writer } from './writer.ts'
import { withAttune } from './with-attune.ts'

const help = `Usage: npx attune synthetic                                     lists what is released
       npx attune synthetic --release NUMBER --out FOLDER [--during] [--seed NUMBER]

Writes a folder for whoever prepares an analysis: synthetic.csv (invented people whose scores look like the release), release.csv (its figures),
dictionary.csv, start.py, start.R and README.md. All of it is made of what the report shows; no record is read and none can be found in it.
--during takes the scores during the work in place of those after it. The same release and seed give the same files.`

type Lend = (work: (attune: Attune) => Promise<number>) => Promise<number>

/** Runs the command and returns the exit code. */
export async function synthetic(
  args: readonly string[],
  outTo: Writer,
  errTo: Writer,
  lend: Lend = (work) => withAttune({ environment: readEnvironment(), err: errTo }, work),
): Promise<number> {
  const [out, err] = [toLines(outTo), toLines(errTo)] as const
  const { values } = parseArgs({
    args: [...args],
    options: {
      release: { type: 'string' },
      out: { type: 'string' },
      seed: { type: 'string' },
      during: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  const { release, out: folder, seed = '1' } = values
  if (values.help === true || (release === undefined) !== (folder === undefined)) {
    out(help)
    return values.help === true ? 0 : 2
  }
  return lend(async (attune) => {
    if (release === undefined || folder === undefined) {
      const all = await listReleasesToShare(attune)
      if (all.length === 0) out('Nothing is released yet: a report that somebody opens after the end of a quarter is.')
      for (const { id, serviceId, filter, releasedAt } of all) {
        const cut = [filter.ageGroup, filter.mode, filter.support].filter((part) => part !== '').join(', ')
        out(
          `${id}  ${serviceId === 'operator' ? 'national' : serviceId}  ${filter.from || 'from the beginning'} to ${filter.until}${cut && `, ${cut}`}  released ${toLondonDay(releasedAt)}`,
        )
      }
      return 0
    }
    const facts = await takeRelease(attune, Number(release), values.during === true ? 'before-during' : 'before-after')
    if (facts === undefined) {
      err(`Nothing is released under the number ${release}. Without --release the command lists what is.`)
      return 1
    }
    const report = presentReport(attune.programme, facts, toLondonDay)
    const dice = makeDice((Number.parseInt(facts.hash.slice(0, 8), 16) ^ Number(seed)) >>> 0)
    mkdirSync(folder, { recursive: true })
    const files = makeAnalysisBundle(report, attune.programme.measures, dice.roll)
    for (const { name, text } of files) writeFileSync(path.join(folder, name), text)
    out(`Wrote ${files.map(({ name }) => name).join(', ')} to ${folder}.`)
    return 0
  })
}
