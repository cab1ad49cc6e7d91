// `npm run check`: format, lint, bounds, types, tree and docs. Prints one line a step; a failing step shows what it said.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { checkDocs } from './bounds/docs.ts'
import { checkLockfile } from './bounds/lockfile.ts'
import { checkTree } from './bounds/tree.ts'
import { checkUnused } from './bounds/unused.ts'
import { checkNotices } from './notices.ts'

const top = path.resolve(import.meta.dirname, '..')
const bin = (file: string) => path.join(top, 'node_modules', file)

type Outcome = { readonly failed: boolean; readonly says: string }
type Step = { readonly name: string; readonly run: () => Promise<Outcome> }

/** Runs a program of node_modules under this Node; its words are kept for when it fails. */
function program(name: string, file: string, args: string[]): Step {
  const run = () =>
    new Promise<Outcome>((resolve) => {
      let says = ''
      const child = spawn(process.execPath, [bin(file), ...args], { cwd: top, stdio: ['ignore', 'pipe', 'pipe'] })
      child.stdout.on('data', (words: Buffer) => (says += words.toString()))
      child.stderr.on('data', (words: Buffer) => (says += words.toString()))
      child.on('close', (code) => resolve({ failed: code !== 0, says }))
    })
  return { name, run }
}

const ours = (name: string, check: () => string[]): Step => ({
  name,
  run: async () => {
    const issues = check()
    return { failed: issues.length > 0, says: issues.join('\n') }
  },
})

const rooms = readdirSync(path.join(top, 'packages')).filter((room) => existsSync(path.join(top, 'packages', room, 'tsconfig.json')))

const steps: Step[] = [
  program('format (prettier)', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']),
  program('lint (eslint)', 'eslint/bin/eslint.js', ['--max-warnings', '0', '.']),
  program('bounds (dependency-cruiser)', 'dependency-cruiser/bin/dependency-cruiser.mjs', [
    '--config',
    'dependency-cruiser.config.mjs',
    'packages',
    'apps',
  ]),
  ...rooms.map((room) => program(`types packages/${room}`, 'typescript/bin/tsc', ['-p', `packages/${room}`])),
  program('types apps/server', 'typescript/bin/tsc', ['-p', 'apps/server']),
  program('types apps/web', 'vue-tsc/bin/vue-tsc.js', ['--noEmit', '-p', 'apps/web']),
  program('types tools and tests', 'typescript/bin/tsc', ['-p', '.']),
  ours('tree (sizes, names, drawers)', () => checkTree(top)),
  ours('exports (somebody uses each)', () => checkUnused(top)),
  ours('docs (every path named exists)', () => checkDocs(top)),
  ours('lock file (pinned, hashed, from the registry)', () => checkLockfile(top)),
  ours('third-party notices', () => checkNotices(top)),
]

// As many at once as there are processors, the longest first; four are enough to fill any machine's patience.
const order = ['types apps/web', 'format (prettier)', 'lint (eslint)', 'types apps/server', 'types tools and tests']
const rank = ({ name }: Step) => (order.indexOf(name) < 0 ? order.length : order.indexOf(name))
const waiting = steps.toSorted((one, other) => rank(one) - rank(other))
const startedAt = Date.now()
let failures = 0
async function work(): Promise<void> {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    const began = Date.now()
    const { failed, says } = await step.run()
    console.log(`${failed ? 'FAILED' : 'ok    '} ${step.name} (${((Date.now() - began) / 1000).toFixed(1)} s)`)
    if (failed) {
      failures++
      console.log(says.trim().replaceAll(/^/gm, '       '))
    }
  }
}
await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work))
console.log(`${steps.length - failures} passed, ${failures} failed in ${((Date.now() - startedAt) / 1000).toFixed(0)} s`)
process.exitCode = failures === 0 ? 0 : 1
