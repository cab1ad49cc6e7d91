/** `key=value` pairs parted by spaces, commas or semicolons; undefined where the text has another shape. */
export function parseParameters(text: string): Map<string, string> | undefined {
  const pairs = new Map<string, string>()
  // Tokens: a run of other signs, or one equals sign. A pair is exactly word, "=", word.
  const tokens = text.match(/[^\s=,;]+|=/g) ?? []
  for (let at = 0; at < tokens.length; at += 3) {
    const [key, equals, value] = [tokens[at], tokens[at + 1], tokens[at + 2]]
    if (key === undefined || key === '=' || equals !== '=' || value === undefined || value === '=') return undefined
    const name = key.toLowerCase()
    // `label` and `value` name columns of a file, references name questions: there, capitals count.
    const keepsCapitals = name === 'label' || name === 'value' || value.includes('${')
    pairs.set(name, keepsCapitals ? value : value.toLowerCase())
  }
  return pairs
}
