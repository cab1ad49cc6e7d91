// Documentation that is checked: every repository path named in a Markdown file exists, every relative link leads somewhere, to its
// heading too.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { trackedFiles } from './tracked.ts'

const quoted = /`((?:apps|packages|programmes|tools|docs|\.ci)\/[\w./<>*{},-]+)`/g
const link = /\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#([^)\s]+))?/g

/** A heading as the address of a page has it: small letters and hyphens. */
const toAnchor = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-')
const anchorsOf = (text: string) => [...text.matchAll(/^#+ (.+)$/gm)].map((match) => toAnchor(match[1] ?? ''))

/** One sentence for each path or link that leads nowhere. Paths with <placeholders>, {sets} or * are patterns and not checked. */
export function checkDocs(
  top: string,
  files = trackedFiles(top).filter((file) => file.endsWith('.md') && !file.startsWith('programmes/')),
): string[] {
  return files.flatMap((file) => {
    const text = readFileSync(path.join(top, file), 'utf8')
    const named = [...text.matchAll(quoted)].map((match) => match[1] ?? '').filter((target) => !/[<>*{},]/.test(target))
    const links = [...text.matchAll(link)].map((match) => ({ target: path.posix.join(path.posix.dirname(file), match[1] ?? ''), anchor: match[2] }))
    const lost = [...named, ...links.map(({ target }) => target)].filter((target) => !existsSync(path.join(top, target)))
    const astray = links.filter(
      ({ target, anchor }) =>
        anchor !== undefined && !lost.includes(target) && !anchorsOf(readFileSync(path.join(top, target), 'utf8')).includes(anchor),
    )
    return [
      ...lost.map((target) => `${file}: names ${target}, which does not exist.`),
      ...astray.map(({ target, anchor }) => `${file}: leads to "${anchor}" in ${target}, where no heading is called so.`),
    ]
  })
}
