// What the note inside a download says, as far as the screen shows it.

export type ManifestFacts = {
  readonly rows?: number
  readonly withheld?: number
  readonly responsibleBody?: string
  readonly purpose?: string
  readonly policyVersion?: string
  readonly sha256?: string
}

/** The facts of manifest.json; undefined when the text is no JSON object. A fact of another kind than expected is left out. */
export function parseManifest(text: string): ManifestFacts | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const given = value as Record<string, unknown>
  const number = (name: string) => (typeof given[name] === 'number' ? { [name]: given[name] } : {})
  const word = (name: string) => (typeof given[name] === 'string' ? { [name]: given[name] } : {})
  return { ...number('rows'), ...number('withheld'), ...word('responsibleBody'), ...word('purpose'), ...word('policyVersion'), ...word('sha256') }
}
