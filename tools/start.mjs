// `npm start`: installs what is missing, builds the web app when it changed, then becomes the server under the pinned Node. Plain JavaScript
// that runs on Node 20 and uses nothing that is not there before the first install.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { installPackages } from './install.mjs'
import { pinnedNode, serverFlags } from './node.mjs'
import { buildWeb } from './build-web.mjs'

const top = path.resolve(import.meta.dirname, '..')

/** Makes everything ready to run and returns the Node to run it with. */
export function prepare() {
  const [major] = process.versions.node.split('.').map(Number)
  if (major < 20) {
    console.error(
      `Attune needs Node 20 or later to start itself; this is Node ${process.versions.node}. Install a newer Node from https://nodejs.org, then type npm start again.`,
    )
    process.exit(1)
  }
  installPackages(top)
  const node = pinnedNode()
  buildWeb(top, node)
  return node
}

/** Runs the server until it ends, passing on Ctrl-C and SIGTERM. */
export function serve(node) {
  // Node keeps what it made of our TypeScript, which saves a third of the start's work next time.
  const env = { NODE_COMPILE_CACHE: path.join(top, 'node_modules', '.cache', 'attune-node'), ...process.env }
  const child = spawn(node, [...serverFlags, path.join(top, 'apps/server/src/main.ts')], { stdio: 'inherit', cwd: top, env })
  // A terminal sends Ctrl-C to the child as well; it hears each signal once.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('error', (error) => {
    console.error(`Attune could not be started with ${node}: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}

if (process.argv[1] === import.meta.filename) {
  try {
    serve(prepare())
  } catch (error) {
    console.error(error.message)
    process.exit(1)
  }
}
