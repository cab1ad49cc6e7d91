/** The prefixes every XForm declares. */
export const standardNamespaces: ReadonlyMap<string, string> = new Map([
  ['h', 'http://www.w3.org/1999/xhtml'],
  ['ev', 'http://www.w3.org/2001/xml-events'],
  ['xsd', 'http://www.w3.org/2001/XMLSchema'],
  ['jr', 'http://openrosa.org/javarosa'],
  ['orx', 'http://openrosa.org/xforms'],
  ['odk', 'http://www.opendatakit.org/xforms'],
])

export const xformsNamespace = 'http://www.w3.org/2002/xforms'
export const entitiesNamespace = 'http://www.opendatakit.org/xforms/entities'

/** Prefixes other tools write without declaring them; declared only where a form uses them. */
const wellKnownNamespaces: ReadonlyMap<string, string> = new Map([
  ['esri', 'http://esri.com/xforms'],
  ['enk', 'http://enketo.org/xforms'],
  ['kb', 'http://kobotoolbox.org/xforms'],
  ['oc', 'http://openclinica.org/xforms'],
])

/** May a name use the prefix? `own` are those of the settings sheet. */
export function isKnownPrefix(prefix: string, own: ReadonlyMap<string, string>): boolean {
  return prefix === 'entities' || prefix === 'xml' || own.has(prefix) || standardNamespaces.has(prefix) || wellKnownNamespaces.has(prefix)
}

/** The declarations of the root element; an author's own prefixes never replace the standard ones. */
export function toDeclarations(own: ReadonlyMap<string, string>, used: ReadonlySet<string>): Map<string, string> {
  const added = [...wellKnownNamespaces, ['entities', entitiesNamespace] as const].filter(([prefix]) => used.has(prefix))
  const all = new Map([...added, ...own, ...standardNamespaces])
  return new Map([['xmlns', xformsNamespace], ...[...all].map(([prefix, address]): [string, string] => [`xmlns:${prefix}`, address])])
}
