// The machine's own PostgreSQL, when it has one of another major version than ours: SQL that only the newest knows would show there.
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readChildEnvironment } from '../src/env.ts'
import { startEmbeddedPostgres, type ConnectionFacts } from '../src/outside/embedded-postgres.ts'
import { getPostgresBinaries, type PostgresBinaries } from '../src/outside/postgres-binaries.ts'
import { forgetful } from './postgres.ts'

const versions = '/usr/lib/postgresql'

/** The oldest one from 15 on that is not our own version. */
export function findOtherPostgres(): PostgresBinaries | undefined {
  if (!existsSync(versions)) return undefined
  const ours = getPostgresBinaries().major
  const major = readdirSync(versions)
    .map(Number)
    .filter((each) => each >= 15 && each !== ours && existsSync(`${versions}/${each}/bin/initdb`))
    .sort((a, b) => a - b)[0]
  if (major === undefined) return undefined
  const bin = `${versions}/${major}/bin`
  return { initdb: `${bin}/initdb`, postgres: `${bin}/postgres`, pgCtl: `${bin}/pg_ctl`, major, version: String(major) }
}

export async function startOtherPostgres(binaries: PostgresBinaries): Promise<{ server: ConnectionFacts; stop: () => Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), `attune-test-${process.pid}-`))
  if (process.geteuid?.() === 0) chmodSync(folder, 0o711)
  const started = await startEmbeddedPostgres({
    directory: path.join(folder, 'other'),
    settings: forgetful,
    environment: readChildEnvironment(),
    binaries,
  })
  return {
    server: started.superuser,
    async stop() {
      await started.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
