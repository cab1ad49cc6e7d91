// Where the pinned Node is. Plain JavaScript that runs on Node 20: it is what starts everything else.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const wanted = 24

/**
 * What Node is told when it runs the server. Young memory of 32 MB: by itself it grows to more under load and is not given back. And young
 * memory is collected by the thread that works: helpers share their few pieces of it at a third of a submission's cost, and take that from PostgreSQL, which
 * is on the same processors. Old memory is marked and swept beside the work all the same: by one thread it is a pause of 60 to 190 ms, by helpers of 10.
 * What functions make is always made young: by itself V8 makes it old where some of it once lived long, and a hundred megabytes of
 * garbage a quarter of a minute were then old (docs/decisions/0034-what-submissions-are-compared-with.md).
 */
export const serverFlags = [
  '--disable-warning=ExperimentalWarning',
  '--max-semi-space-size=32',
  '--no-parallel-scavenge',
  '--no-allocation-site-pretenuring',
  '--heap-growing-percent=200',
]

/** The path of a Node 24 or later: the one pinned in package-lock.json, else the running one when it is new enough. Throws with what to do. */
export function pinnedNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  try {
    const home = path.dirname(createRequire(import.meta.url).resolve(`node-${platform}-${process.arch}/package.json`))
    const file = path.join(home, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
    if (existsSync(file)) return file
  } catch {
    // Not packaged for this machine: the running Node may do.
  }
  if (Number(process.versions.node.split('.')[0]) >= wanted) return process.execPath
  throw new Error(
    `Attune runs on Node ${wanted}. No packaged Node ${wanted} was found for ${process.platform} ${process.arch}: run "npm install" in this folder, or install Node ${wanted} yourself.`,
  )
}
