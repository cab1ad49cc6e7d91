// Runs a TypeScript file under the pinned Node 24, whatever Node (>= 20) started us: `node tools/run.mjs tools/clauses.ts --json`. Installs what is
// missing first; with `--web` before the file's name it builds the web app too.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { buildWeb } from './build-web.mjs'
import { installPackages } from './install.mjs'
import { pinnedNode } from './node.mjs'

const top = path.resolve(import.meta.dirname, '..')
const words = process.argv.slice(2)
const needsWeb = words[0] === '--web'
const [file, ...rest] = needsWeb ? words.slice(1) : words
if (file === undefined) {
  console.error('Say which file to run: node tools/run.mjs tools/<name>.ts')
  process.exit(2)
}
installPackages(top)
if (needsWeb) buildWeb(top, pinnedNode())
const child = spawn(pinnedNode(), ['--disable-warning=ExperimentalWarning', file, ...rest], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
