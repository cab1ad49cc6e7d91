// `npm test` on a fresh clone: installs what tests need, runs everything, ends with the plain line `N passed, N failed`.
// Plain JavaScript that runs on Node 20. `npm test -- --project pure` runs a part.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { buildWeb } from './build-web.mjs'
import { findChromium, installChromium } from './chromium.mjs'
import { installPackages } from './install.mjs'
import { pinnedNode } from './node.mjs'

const top = path.resolve(import.meta.dirname, '..')

installPackages(top)
const chromium = findChromium() ?? installChromium()
if (chromium === undefined) {
  console.error(
    'The browser tests need Chromium. Install it (Debian, Ubuntu: "apt-get install chromium") or name it in ATTUNE_CHROMIUM, then run npm test again.',
  )
  console.log('0 passed, 1 failed')
  process.exit(1)
}

const asked = process.argv.slice(2)
const only = asked.indexOf('--project') >= 0 ? [asked[asked.indexOf('--project') + 1]] : ['pure', 'server', 'browser']
const filters = asked.filter((word, at) => word !== '--project' && asked[at - 1] !== '--project')
// What a part of the tests says is no proof of the whole: `npm run clauses` reads the results of whole projects only.
const results = path.join(top, '.attune', filters.length === 0 ? 'test-results' : 'test-results-of-a-part')

// The browser tests, and some of the server's, use the app as it is handed out.
if (only.some((project) => project !== 'pure')) buildWeb(top, pinnedNode())

let passed = 0
let failed = 0
for (const project of only) {
  const file = path.join(results, `${project}.json`)
  rmSync(file, { force: true })
  mkdirSync(results, { recursive: true })
  console.log(`\n${project} tests`)
  const run = spawnSync(
    pinnedNode(),
    [
      path.join(top, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
      ...filters,
    ],
    { cwd: top, stdio: 'inherit', env: { ...process.env, ATTUNE_CHROMIUM: chromium, NODE_OPTIONS: '--disable-warning=ExperimentalWarning' } },
  )
  if (!existsSync(file)) {
    console.error(`The ${project} tests ended without a result.`)
    failed++
    continue
  }
  const result = JSON.parse(readFileSync(file, 'utf8'))
  passed += result.numPassedTests
  // A file that does not load, or a run that breaks outside a test, counts as a failure too.
  const brokenFiles = result.testResults.filter(
    (one) => one.status === 'failed' && one.assertionResults.every((test) => test.status !== 'failed'),
  ).length
  const failures = result.numFailedTests + brokenFiles
  failed += failures === 0 && run.status !== 0 ? 1 : failures
}
// A whole run leaves behind what the assurance page shows: which clauses its tests prove.
if (only.length === 3 && filters.length === 0)
  spawnSync(pinnedNode(), [path.join(top, 'tools/clauses.ts'), '--release'], { cwd: top, stdio: ['ignore', 'ignore', 'inherit'] })
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
