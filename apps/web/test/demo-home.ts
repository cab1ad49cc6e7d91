// The demo loaded once for all files of walks (vitest globalSetup): each copies the folder, which takes a second instead of loading it anew.
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { superuserOf } from '../../../tools/walk/superuser.ts'
import { startServerProcess } from '../../../tools/walk/server-process.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    demoHome: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServerProcess({ timeoutMs: 170_000 })
  await waitUntilReplayed(server.home)
  await server.stop()
  project.provide('demoHome', server.home)
  return () => server.remove()
}

// The demo's records are replayed once after they came. Left undone, every copy would begin with half a minute of that work.
async function waitUntilReplayed(home: string): Promise<void> {
  const admin = new pg.Client({ ...(await superuserOf(home)), database: 'attune' })
  await admin.connect()
  for (const until = Date.now() + 170_000; Date.now() < until; await new Promise((resolve) => setTimeout(resolve, 250))) {
    const { rows } = await admin.query<{ waiting: boolean }>(
      `select exists (select from answers.records where review_state = 'received' and restricted_at is null) as waiting`,
    )
    if (rows[0]?.waiting === false) break
  }
  await admin.end()
}
