// Brings node_modules in line with package-lock.json. Plain JavaScript that runs on Node 20.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** After this call node_modules matches the lock file. Ends the program with a clear sentence when it cannot. */
export function installPackages(top) {
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(top, 'package-lock.json')))
    .digest('hex')
  const mark = path.join(top, 'node_modules', '.attune-installed')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return
  console.error('Installing the packages in package-lock.json (once; about a minute) …')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const run = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: top,
    // What a command prints is read by programs (--json, --ndjson): the installer speaks on the other stream.
    stdio: ['ignore', process.stderr, process.stderr],
    shell: process.platform === 'win32',
  })
  if (run.status !== 0) {
    console.error(
      'The packages could not be installed: see the lines above. Nothing else was changed; check the network and disk space, then try again.',
    )
    process.exit(1)
  }
  writeFileSync(mark, wanted)
}
