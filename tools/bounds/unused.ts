// Nothing is kept that nobody uses: what a file exports is named in another file, or at least used in its own.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { trackedFiles } from './tracked.ts'

const written = /\.(ts|vue|mjs)$/
const exported = /^export (?:declare )?(?:async )?(?:const|let|function\*?|class|type|interface) (\w+)/gm

/** One sentence for each export whose name stands nowhere but at its own definition. */
export function checkUnused(top: string, files = trackedFiles(top), read = (file: string) => readFileSync(path.join(top, file), 'utf8')): string[] {
  const counts = new Map<string, number>()
  const found: { readonly file: string; readonly name: string }[] = []
  for (const file of files.filter((each) => written.test(each))) {
    const text = read(file)
    for (const [word] of text.matchAll(/\w+/g)) counts.set(word, (counts.get(word) ?? 0) + 1)
    for (const [, name] of text.matchAll(exported)) found.push({ file, name: name! })
  }
  return found
    .filter(({ name }) => counts.get(name) === 1)
    .map(({ file, name }) => `${file}: nothing uses ${name}; take it out, or use it where it belongs.`)
}
