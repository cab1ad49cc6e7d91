// `npm run clauses`: reads the last test results and the ledgers of every programme and prints what is proven. `--json` prints one object;
// `--release` also writes release/proofs.json, which the assurance page reads.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readLedgers, showIssue } from '@attune/programme'
import { countClauses } from './clauses/count-clauses.ts'
import { expectedFailures } from './clauses/expected-failures.ts'
import { checkFreshness } from './clauses/freshness.ts'
import { toJson, toPage } from './clauses/print-clauses.ts'
import { toReleaseProofs } from './clauses/release-proofs.ts'
import { readResults, type TestResult } from './clauses/read-results.ts'
import { findProgrammeFolders, readProgrammeFiles } from './programme-folder.ts'

const help = `Usage: npx attune clauses [--json] [--release]      (the same as npm run clauses)

Counts the clauses of every ledger that the last run of npm test has proven. --json prints one object; --release also writes
release/proofs.json, which the assurance page reads.`

if (process.argv.includes('--help')) {
  console.log(help)
  process.exit(0)
}

const top = path.resolve(import.meta.dirname, '..')
const source = ['packages', 'apps', 'programmes', 'tools', 'vitest.config.ts']

function git(...args: string[]): string | undefined {
  const run = spawnSync('git', args, { cwd: top, encoding: 'utf8' })
  return run.status === 0 ? run.stdout : undefined
}

function newestCommitAt(): number | undefined {
  const seconds = Number(git('log', '-1', '--format=%ct', '--', ...source)?.trim())
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined
}

/** The newest change among files that are not committed. */
function newestChangeAt(): number | undefined {
  const paths = (git('status', '--porcelain', '-z', '--', ...source) ?? '').split('\0').map((line) => path.join(top, line.slice(3)))
  const times = paths.filter((file) => existsSync(file) && statSync(file).isFile()).map((file) => statSync(file).mtimeMs)
  return times.length === 0 ? undefined : Math.max(...times)
}

function markedClauses(tests: readonly TestResult[]): ReadonlySet<string> {
  const files = new Set(tests.map((test) => test.file).filter((file) => existsSync(file)))
  return new Set([...files].flatMap((file) => expectedFailures(readFileSync(file, 'utf8'))))
}

function isAssertionRequired(): boolean {
  const config = readFileSync(path.join(top, 'vitest.config.ts'), 'utf8')
  return /requireAssertions:\s*true/.test(config) && !/requireAssertions:\s*false/.test(config)
}

const broken: string[] = []
const programmes = findProgrammeFolders().flatMap((folder) => {
  const read = readLedgers(readProgrammeFiles(folder))
  if (read.ok) return [read.programme]
  broken.push(...read.issues.map((issue) => showIssue({ ...issue, file: path.join(path.relative(top, folder), issue.file) })))
  return []
})
if (broken.length > 0) {
  process.stderr.write(`A ledger cannot be read, so nothing is counted:\n${broken.join('\n')}\n`)
  process.exit(1)
}
const results = readResults(path.join(top, '.attune', 'test-results'))
const evidence = {
  tests: results.tests,
  marked: markedClauses(results.tests),
  assertionsRequired: isAssertionRequired(),
  today: new Date().toISOString().slice(0, 10),
}
const counts = countClauses(programmes, evidence)
const remarks = checkFreshness(results, newestCommitAt(), newestChangeAt())
if (process.argv.includes('--release')) {
  const facts = { madeAt: new Date().toISOString(), commit: git('rev-parse', 'HEAD')?.trim() ?? 'unknown', remarks, top }
  mkdirSync(path.join(top, 'release'), { recursive: true })
  writeFileSync(path.join(top, 'release', 'proofs.json'), `${JSON.stringify(toReleaseProofs(programmes, evidence, facts), null, 1)}\n`)
}
if (process.argv.includes('--json')) {
  for (const remark of remarks) process.stderr.write(`${remark}\n`)
  process.stdout.write(`${JSON.stringify(toJson(counts))}\n`)
} else process.stdout.write(toPage(counts, remarks))
