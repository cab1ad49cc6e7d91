// A test marked `fails` is reported as passed when it fails. It proves nothing, so its clauses are looked up in its source.

const clauseId = /\b[A-Z]{3}-\d{3}\b/g

/** The clause ids in the names of tests that a file marks as `fails`, `skip` or `todo`. */
export function expectedFailures(source: string): readonly string[] {
  const marked = source.matchAll(
    /\b(?:it|test|describe)(?:\.\w+)*\.(?:fails|skip|todo|skipIf|runIf)\b[^'"`]{0,200}(['"`])((?:\\.|(?!\1)[^\\]){0,500})\1/g,
  )
  return [...marked].flatMap((match) => (match[2] ?? '').match(clauseId) ?? [])
}

/** The clause ids that a test's name carries. */
export function clausesIn(name: string): readonly string[] {
  return [...new Set(name.match(clauseId) ?? [])]
}
