// Which of our questions a key of the source stands for. KoboToolbox writes groups with slashes, ODK Central with hyphens (which names may hold
// as well), and both can leave groups away.
import type { FormOutline } from '@attune/forms'
import { targetsOf, type ImportMapping, type Target } from './mapping.ts'

/** `choice`: the key is one choice of a question with several answers ("tools/video" = 1). */
export type Place = { readonly target: Target; readonly choice?: string; readonly rank: number }

/** Answers a key with its place, or with undefined when nothing here asks for it. Each key is looked up once. */
export function makePlaceFinder(outline: FormOutline, mapping: ImportMapping): (key: string) => Place | undefined {
  const targets = targetsOf(outline)
  const byName = new Map<string, Target[]>()
  for (const target of targets) byName.set(target.name, [...(byName.get(target.name) ?? []), target])
  const mapped = new Map(Object.entries(mapping.questions).map(([question, key]) => [key, question]))
  const found = new Map<string, Place | undefined>()

  const find = (key: string): Place | undefined => {
    const written = mapped.get(key)
    if (written !== undefined) return { target: byName.get(written)![0]!, rank: 0 }
    for (const target of targets) if (key === target.steps.join('/') || key === target.steps.join('-')) return byOther(target, 1)
    // The name alone, or behind groups that are called otherwise there.
    for (const name of endingsOf(key)) {
      const [only, ...others] = byName.get(name) ?? []
      if (only !== undefined && others.length === 0) return byOther(only, 2)
    }
    const at = key.lastIndexOf('/')
    if (at < 0) return undefined
    const above = find(key.slice(0, at))
    if (above?.choice !== undefined || above?.target.node.type !== 'select-multiple') return undefined
    return { ...above, choice: key.slice(at + 1), rank: above.rank + 3 }
  }
  // A question whose source was written down is filled from nowhere else.
  const byOther = (target: Target, rank: number): Place | undefined => (Object.hasOwn(mapping.questions, target.name) ? undefined : { target, rank })

  return (key) => {
    if (!found.has(key)) found.set(key, find(key))
    return found.get(key)
  }
}

/** "a/b-c" -> "b-c", "c": what follows each separator, the longest first; the key itself leads. */
function endingsOf(key: string): readonly string[] {
  const ends = [...key.matchAll(/[/-]/g)].map(({ index }) => key.slice(index + 1))
  return [key, ...ends]
}
