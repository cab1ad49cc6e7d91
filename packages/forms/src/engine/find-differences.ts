/**
 * Paths at which what was sent differs from what the engine makes of the same answers: a calculation that was tampered with, an
 * answer that was not asked, a value that the engine cannot read. Paths only, never answers. Values that depend on the moment
 * (meta, and the `ignored` question names, such as timestamps) are left out. So is a calculation of the `derived` names that was not sent at
 * all: nobody said anything else there.
 */
export function findDifferences(
  sent: string,
  replayed: string,
  ignored: ReadonlySet<string> = new Set(),
  derived: ReadonlySet<string> = new Set(),
): string[] {
  const before = valuesOf(sent, ignored)
  const after = valuesOf(replayed, ignored)
  const isLeftOut = (path: string) => (before.get(path) ?? '') === '' && derived.has(path.slice(path.lastIndexOf('/') + 1))
  const differing = [...before].filter(([path, value]) => !isSame(after.get(path) ?? '', value)).map(([path]) => path)
  for (const [path, value] of after) if (value !== '' && !before.has(path)) differing.push(path)
  return differing.filter((path) => !isLeftOut(path))
}

// Other apps write the same value in other words: 4.0 for 4, a time with milliseconds, the choices of a question in another order.
function isSame(one: string, other: string): boolean {
  if (one === other) return true
  const [ones, others] = [toTokens(one), toTokens(other)]
  return ones.length === others.length && ones.every((token, at) => token === others[at])
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/
const decimal = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i

function toTokens(value: string): string[] {
  const tokens = value.split(/([;\s])/).filter((token) => token.trim() !== '')
  const plain = tokens.map((token) => {
    if (decimal.test(token)) return String(Number(token))
    return instant.test(token) ? String(Date.parse(token)) : token
  })
  // Numbers have an order (a place on the map, a row of points); names of choices have none that the engine would change by itself.
  return plain.some((token) => token === ';' || decimal.test(token)) ? plain : plain.sort()
}

function valuesOf(xml: string, ignored: ReadonlySet<string>): Map<string, string> {
  const values = new Map<string, string>()
  const { documentElement } = new DOMParser().parseFromString(xml, 'text/xml')
  collect(documentElement, `/${documentElement.localName}`, values, ignored)
  return values
}

function collect(element: Element, path: string, values: Map<string, string>, ignored: ReadonlySet<string>): void {
  const counts = new Map<string, number>()
  const children = [...element.children]
  if (children.length === 0) values.set(path, element.textContent ?? '')
  for (const child of children) {
    const name = child.localName
    if (name === 'meta' || ignored.has(name)) continue
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    collect(child, `${path}/${name}${count > 1 ? `[${count}]` : ''}`, values, ignored)
  }
}
