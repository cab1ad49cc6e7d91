// Documentation that is checked: every repository path named in a Markdown file exists, every relative link leads somewhere.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { trackedFiles } from './tracked.ts'

const quoted = /`((?:apps|packages|programmes|tools|docs|\.ci)\/[\w./<>*{},-]+)`/g
const link = /\]\((?!https?:|mailto:|#)([^)#\s]+)/g

/** One sentence for each path or link that leads nowhere. Paths with <placeholders>, {sets} or * are patterns and not checked. */
export function checkDocs(
  top: string,
  files = trackedFiles(top).filter((file) => file.endsWith('.md') && !file.startsWith('programmes/')),
): string[] {
  return files.flatMap((file) => {
    const text = readFileSync(path.join(top, file), 'utf8')
    const named = [...text.matchAll(quoted)].map((match) => match[1] ?? '').filter((target) => !/[<>*{},]/.test(target))
    const linked = [...text.matchAll(link)].map((match) => path.posix.join(path.posix.dirname(file), match[1] ?? ''))
    return [...named, ...linked]
      .filter((target) => !existsSync(path.join(top, target)))
      .map((target) => `${file}: names ${target}, which does not exist.`)
  })
}
