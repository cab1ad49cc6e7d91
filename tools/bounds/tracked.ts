// The files that belong to the repository: tracked by git, and new ones it does not ignore.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

/** Repository-relative paths with forward slashes. */
export function trackedFiles(top: string): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: top, encoding: 'utf8' })
  return listed.split('\n').filter((file) => file !== '' && existsSync(path.join(top, file)))
}
