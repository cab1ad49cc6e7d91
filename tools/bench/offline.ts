// Fifty sessions taken with no signal in a real browser that is killed at random moments, then sent: the browser test with a larger number.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import type { Figure } from '../bench.ts'

const top = path.resolve(import.meta.dirname, '../..')
const sessions = Number(process.env['ATTUNE_SESSIONS'] ?? 50)

export function measureOffline(): Promise<readonly Figure[]> {
  const began = performance.now()
  const run = spawnSync(process.execPath, ['tools/test.mjs', '--project', 'browser', 'apps/web/test/many-sessions.test.ts'], {
    cwd: top,
    encoding: 'utf8',
    env: { ...process.env, ATTUNE_SESSIONS: String(sessions) },
  })
  const said = /\d+ sessions, (\d+) kills: (\d+) arrived/.exec(run.stdout)
  const minutes = ((performance.now() - began) / 60_000).toFixed(1)
  return Promise.resolve([
    {
      name: `${sessions} sessions offline, then the network is back`,
      value: said === null || run.status !== 0 ? 'FAILED' : `${said[2]} arrived`,
      beside: said === null ? run.stdout.slice(-600) : `0 lost, 0 doubled, browser killed ${said[1]} times, ${minutes} minutes`,
    },
  ])
}
