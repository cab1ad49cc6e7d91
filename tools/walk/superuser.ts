// The superuser's connection to the PostgreSQL that a server process started in its folder, for raw comparisons only.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'

/** The process id of that PostgreSQL. */
export const postmasterOf = (home: string) => Number(readFileSync(path.join(home, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0])

export async function superuserOf(home: string): Promise<pg.ClientConfig> {
  const cluster = path.join(home, 'postgres', 'cluster')
  const lines = readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n')
  return {
    host: lines[4] ?? '',
    port: Number(lines[3]),
    user: 'postgres',
    password: readFileSync(path.join(cluster, 'superuser.password'), 'utf8').trim(),
    database: 'postgres',
  }
}
