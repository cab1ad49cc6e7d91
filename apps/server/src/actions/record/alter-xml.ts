// Puts other answers into a submitted form. The form stays the document that was sent, with some leaves changed, so that everything else that reads
// it (the shape check, scoring, a replay) reads the corrected record in the same way.
import type { XmlElement } from '@attune/forms'

export type Altered = {
  readonly root: XmlElement
  /** What stood there before, by question. */
  readonly before: Readonly<Record<string, string>>
  /** Questions that the form does not hold exactly once. */
  readonly unknown: readonly string[]
}

/** The form with other values for some of its questions; null empties one. */
export function alterXml(root: XmlElement, changes: Readonly<Record<string, string | null>>): Altered {
  const found = new Map<string, string[]>()
  const alter = (element: XmlElement): XmlElement => {
    if (element.children.length > 0) return { ...element, children: element.children.map(alter) }
    if (!Object.hasOwn(changes, element.name)) return element
    found.set(element.name, [...(found.get(element.name) ?? []), element.text])
    return { ...element, text: changes[element.name] ?? '' }
  }
  const altered = alter(root)
  const names = Object.keys(changes)
  return {
    root: altered,
    before: Object.fromEntries(names.map((name) => [name, found.get(name)?.[0] ?? ''])),
    unknown: names.filter((name) => found.get(name)?.length !== 1),
  }
}
