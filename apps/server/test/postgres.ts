// One PostgreSQL for the whole test run (vitest globalSetup): the embedded one without fsync, or the server that
// ATTUNE_TEST_DATABASE_URL names. Every test file makes its own databases from a template (about 30 ms): see databases.ts.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { readChildEnvironment } from '../src/env.ts'
import { startEmbeddedPostgres, type ConnectionFacts } from '../src/outside/embedded-postgres.ts'
import { findPostmaster, isRunning } from '../src/outside/postmaster.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: ConnectionFacts
  }
}

/** Fast and forgetful: a power cut during a test run loses nothing of worth. */
export const forgetful = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: '300', shared_buffers: '64MB' }

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['ATTUNE_TEST_DATABASE_URL']
  if (given !== undefined) {
    const url = new URL(given)
    project.provide('postgres', {
      host: url.searchParams.get('host') ?? url.hostname,
      port: Number(url.port || 5432),
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      database: url.pathname.slice(1) || 'postgres',
    })
    return async () => {}
  }
  removeLeftovers()
  const directory = mkdtempSync(path.join(tmpdir(), `attune-test-${process.pid}-`))
  const server = await startEmbeddedPostgres({ directory, settings: forgetful, environment: readChildEnvironment() })
  project.provide('postgres', server.superuser)
  return async () => {
    // Nothing of it is wanted any more: no last checkpoint of some hundred databases.
    if (process.platform !== 'win32') process.kill(server.pid, 'SIGQUIT')
    await server.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

/** Stops and removes the servers of test runs that were killed. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = /^attune-test-(\d+)-/.exec(name)?.[1]
    if (owner === undefined || isRunning(Number(owner))) continue
    const directory = path.join(tmpdir(), name)
    const left = findPostmaster(path.join(directory, 'cluster'))
    if (left?.alive) process.kill(left.pid, 'SIGQUIT')
    rmSync(directory, { recursive: true, force: true })
  }
}
