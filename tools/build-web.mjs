// Builds the web app when its sources changed since the last build. Plain JavaScript that runs on Node 20.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

// Everything that ends up in the bundle: the app and the packages that a browser may import.
const sources = ['apps/web', 'packages/contract', 'packages/policy', 'packages/forms', 'packages/detector', 'packages/measures', 'packages/charts']
const passedOver = new Set(['node_modules', 'dist', 'test', 'screenshots'])

/** After this call apps/web/dist is what the sources say. Ends the program with a clear sentence when it cannot. */
export function buildWeb(top, node) {
  const wanted = hashSources(top)
  const mark = path.join(top, 'apps', 'web', 'dist', '.built-from')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return
  console.error('Building the web app (once per change; about half a minute) …')
  const run = spawnSync(node, [path.join(top, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: path.join(top, 'apps', 'web'),
    stdio: ['ignore', process.stderr, process.stderr],
  })
  if (run.status !== 0) {
    console.error('The web app could not be built: see the lines above. Nothing else was changed.')
    process.exit(1)
  }
  writeFileSync(mark, wanted)
}

function hashSources(top) {
  const hash = createHash('sha256').update(readFileSync(path.join(top, 'package-lock.json')))
  for (const source of sources)
    for (const file of filesBelow(path.join(top, source))) hash.update(path.relative(top, file)).update(readFileSync(file))
  return hash.digest('hex')
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !passedOver.has(entry.name) && !entry.name.includes('.test.'))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(path.join(folder, entry.name)) : [path.join(folder, entry.name)]))
}
