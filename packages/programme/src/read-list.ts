import type { Cursor } from './cursor.ts'

/** Reads a list of things with an id and reports the second of two with the same one. */
export function readUnique<T>(list: Cursor, idOf: (thing: T) => string, readOne: (item: Cursor) => T): T[] {
  const seen = new Set<string>()
  return list.items().map((item) => {
    const thing = readOne(item)
    const id = idOf(thing)
    if (id !== '' && seen.has(id)) item.report('duplicate', `"${id}" stands here twice. Remove one, or give it another name.`)
    seen.add(id)
    return thing
  })
}

/** Reports a word that refers to nothing. */
export function checkReference(place: Cursor, word: string, known: readonly string[], what: string): void {
  if (word !== '' && !known.includes(word)) {
    place.report(
      'reference-unknown',
      `There is no ${what} "${word}". ${known.length === 0 ? `Describe it first.` : `Known are: ${known.join(', ')}.`}`,
    )
  }
}
