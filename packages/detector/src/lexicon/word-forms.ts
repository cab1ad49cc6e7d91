// The word list holds stems only: a plural, a past tense or an -ing form is a word when its stem is. Saves a third of the list.
const vowels = 'aeiou'

/** Calls `is` on each stem a word may come from, until one is known. */
export function hasKnownStem(word: string, is: (stem: string) => boolean): boolean {
  const length = word.length
  if (length < 4) return false
  if (word.endsWith('s')) {
    if (!word.endsWith('ss') && (is(word.slice(0, -1)) || (word.endsWith('ings') && isFromStem(word.slice(0, -4), is)))) return true
    if (word.endsWith('es') && is(word.slice(0, -2))) return true
    if (word.endsWith('ies') && is(`${word.slice(0, -3)}y`)) return true
  }
  if (word.endsWith('ed')) return isFromStem(word.slice(0, -2), is)
  if (word.endsWith('ing') && length > 5) return isFromStem(word.slice(0, -3), is)
  // "teethin", "goin": how it is said.
  if (word.endsWith('in') && length > 5) return isFromStem(word.slice(0, -2), is)
  if (word.endsWith('ly') && length > 5)
    return is(word.slice(0, -2)) || (word.endsWith('ily') && is(`${word.slice(0, -3)}y`)) || is(`${word.slice(0, -1)}e`)
  if (word.endsWith('ness') && length > 7) return is(word.slice(0, -4)) || (word.endsWith('iness') && is(`${word.slice(0, -5)}y`))
  return false
}

function isFromStem(stem: string, is: (stem: string) => boolean): boolean {
  if (stem.length < 3) return false
  if (is(stem) || is(`${stem}e`)) return true
  if (stem.endsWith('i') && is(`${stem.slice(0, -1)}y`)) return true
  const last = stem.at(-1) ?? ''
  return last === stem.at(-2) && !vowels.includes(last) && is(stem.slice(0, -1))
}

const beginnings = ['un', 're', 'over', 'mis', 'out', 'under', 'non', 'pre', 'self', 'co', 'inter', 'multi', 'dis']

/** "takeaway", "unsettled", "bedsheets": made of words that are known. Only asked of words that no list of names holds. */
export function isMadeOfWords(word: string, is: (stem: string) => boolean): boolean {
  const isEither = (part: string): boolean => is(part) || hasKnownStem(part, is)
  for (const start of beginnings) if (word.length > start.length + 3 && word.startsWith(start) && isEither(word.slice(start.length))) return true
  for (let at = 4; at <= word.length - 4 && word.length < 20; at += 1) if (is(word.slice(0, at)) && isEither(word.slice(at))) return true
  return (
    (word.endsWith('able') || word.endsWith('less') || word.endsWith('ful')) &&
    word.length > 7 &&
    isFromStem(word.replace(/able$|less$|ful$/, ''), is)
  )
}
