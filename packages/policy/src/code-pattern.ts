// How a service says what its own client codes look like, without a regular expression: A is any letter, 9 any digit, X either, words in double
// quotes stand for themselves, and so does every other sign. Several patterns are parted by "or". Reading it takes one step per symbol.
// Example: "VIG"-9999 or AA99999

type Part = { readonly kind: 'letter' | 'digit' | 'either' } | { readonly kind: 'fixed'; readonly text: string }

function partsOf(alternative: string): readonly Part[] | undefined {
  const parts: Part[] = []
  for (let at = 0; at < alternative.length; at += 1) {
    const sign = alternative[at] as string
    if (sign === '"') {
      const end = alternative.indexOf('"', at + 1)
      if (end === -1) return undefined
      parts.push({ kind: 'fixed', text: alternative.slice(at + 1, end) })
      at = end
    } else if (sign === 'A') parts.push({ kind: 'letter' })
    else if (sign === '9') parts.push({ kind: 'digit' })
    else if (sign === 'X') parts.push({ kind: 'either' })
    else if (/[a-z0-8B-WYZ]/.test(sign)) return undefined
    else parts.push({ kind: 'fixed', text: sign })
  }
  return parts
}

function alternativesOf(pattern: string): readonly string[] {
  return pattern.split(/ or /).map((alternative) => alternative.trim())
}

/** What is wrong with a declared pattern, in sentences; none when it is fine. */
export function checkCodePattern(pattern: string): readonly string[] {
  return alternativesOf(pattern).flatMap((alternative) => {
    const parts = partsOf(alternative)
    if (parts === undefined)
      return [`“${alternative}” cannot be read: use A for a letter, 9 for a digit, X for either, and put fixed words in double quotes.`]
    if (!parts.some((part) => part.kind === 'digit' || part.kind === 'either'))
      return [`“${alternative}” has no digit in it, so a name could pass as a code. Add at least one 9 or X.`]
    if (parts.length < 3) return [`“${alternative}” is too short: a code has at least three symbols.`]
    return []
  })
}

/** True when a code has the form of one of the pattern's alternatives, in capitals or not. */
export function isCodePatternMatched(typed: string, pattern: string): boolean {
  const code = typed.toUpperCase()
  return alternativesOf(pattern).some((alternative) => {
    let at = 0
    const parts = partsOf(alternative)
    if (parts === undefined) return false
    for (const part of parts) {
      if (part.kind === 'fixed') {
        if (!code.startsWith(part.text.toUpperCase(), at)) return false
        at += part.text.length
      } else {
        const sign = code[at] ?? ''
        if (!(part.kind === 'letter' ? /^[A-Z]$/ : part.kind === 'digit' ? /^\d$/ : /^[A-Z0-9]$/).test(sign)) return false
        at += 1
      }
    }
    return at === code.length
  })
}

/** The fixed words of a pattern: letters that say nothing about a person, because every code of the service has them. */
export function codePatternParts(pattern: string): readonly string[] {
  return alternativesOf(pattern).flatMap((alternative) =>
    (partsOf(alternative) ?? []).flatMap((part) => (part.kind === 'fixed' && part.text.length > 1 ? [part.text] : [])),
  )
}
