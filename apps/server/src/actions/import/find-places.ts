// Which of our questions a key of the source stands for. KoboToolbox writes groups with slashes, ODK Central with hyphens (which names may hold
// as well), and both can leave groups away.
import type { FormOutline } from '@attune/forms'
import { isSheetOf } from '../../outside/import/repeat-sheets.ts'
import { repeatsOf, targetsOf, type ImportMapping, type RepeatTarget, type Target } from './mapping.ts'

/** `choice`: the key is one choice of a question with several answers ("tools/video" = 1). */
export type Place = { readonly target: Target; readonly choice?: string; readonly rank: number }

/** Answers a key with its place, or with undefined when nothing here asks for it. `repeat` is the path of the repeat whose row it stands in. */
export type FindPlace = (key: string, repeat: string) => Place | undefined

/** A place finder for a form; each key is looked up once. */
export function makePlaceFinder(outline: FormOutline, mapping: ImportMapping): FindPlace {
  const targets = targetsOf(outline)
  const byName = new Map<string, Target[]>()
  for (const target of targets) byName.set(target.name, [...(byName.get(target.name) ?? []), target])
  const mapped = new Map(Object.entries(mapping.questions).map(([question, key]) => [key, question]))
  const found = new Map<string, Place | undefined>()

  const find = (key: string, repeat: string): Place | undefined => {
    const here = (name: string) => (byName.get(name) ?? []).filter((target) => target.repeat === repeat)
    const written = mapped.get(key)
    const [target] = written === undefined ? [] : here(written)
    if (target !== undefined) return { target, rank: 0 }
    for (const target of targets)
      if (target.repeat === repeat && (key === target.steps.join('/') || key === target.steps.join('-'))) return byOther(target, 1)
    // The name alone, or behind groups that are called otherwise there.
    for (const name of endingsOf(key)) {
      const [only, ...others] = here(name)
      if (only !== undefined && others.length === 0) return byOther(only, 2)
    }
    const at = key.lastIndexOf('/')
    if (at < 0) return undefined
    const above = find(key.slice(0, at), repeat)
    if (above?.choice !== undefined || above?.target.node.type !== 'select-multiple') return undefined
    return { ...above, choice: key.slice(at + 1), rank: above.rank + 3 }
  }
  // A question whose source was written down is filled from nowhere else.
  const byOther = (target: Target, rank: number): Place | undefined => (Object.hasOwn(mapping.questions, target.name) ? undefined : { target, rank })

  return (key, repeat) => {
    const at = `${repeat}\n${key}`
    if (!found.has(at)) found.set(at, find(key, repeat))
    return found.get(at)
  }
}

/** Our repeat for a key of the source, or for the name of a sheet; undefined when the form repeats nothing of that name there. */
export function makeRepeatFinder(outline: FormOutline, mapping: ImportMapping): (key: string, repeat: string) => RepeatTarget | undefined {
  const repeats = repeatsOf(outline)
  return (key, repeat) => {
    const here = repeats.filter((one) => one.repeat === repeat)
    const written = here.find(({ name }) => mapping.repeats[name] === key)
    if (written !== undefined) return written
    const name = key.slice(key.lastIndexOf('/') + 1)
    const free = here.filter((one) => !Object.hasOwn(mapping.repeats, one.name))
    const whole = free.find(({ steps }) => steps.join('/') === key)
    const [only, ...others] = whole === undefined ? free.filter((one) => isSheetOf(name, one.name)) : [whole]
    return others.length === 0 ? only : undefined
  }
}

/** "a/b-c" -> "b-c", "c": what follows each separator, the longest first; the key itself leads. */
function endingsOf(key: string): readonly string[] {
  const ends = [...key.matchAll(/[/-]/g)].map(({ index }) => key.slice(index + 1))
  return [key, ...ends]
}
