// Finds a Chromium for the browser tests; as root on Debian or Ubuntu installs it. Plain JavaScript that runs on Node 20.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** The path of a Chromium on this machine, ATTUNE_CHROMIUM first. */
export function findChromium() {
  return [process.env.ATTUNE_CHROMIUM, ...places].find((file) => file !== undefined && file !== '' && existsSync(file))
}

/** Installs Debian's Chromium when run as root; undefined when it cannot. */
export function installChromium() {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return undefined
  console.log('Installing Chromium for the browser tests (once) …')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['update', '-q'], { stdio: 'ignore', env })
  spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-liberation'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  })
  return findChromium()
}
