const shortest = 12
const fewestDifferent = 5

/** True when a passphrase is worth 600,000 rounds: long enough, and not the same few characters again and again. */
export function isPassphraseStrong(passphrase: string): boolean {
  const letters = [...passphrase.normalize('NFKC').trim()]
  return letters.length >= shortest && new Set(letters).size >= fewestDifferent && !isRun(letters)
}

// abcdefghijkl, 123456789012
function isRun(letters: readonly string[]): boolean {
  const steps = letters.slice(1).filter((letter, index) => Math.abs((letter.codePointAt(0) ?? 0) - (letters[index]?.codePointAt(0) ?? 0)) <= 1)
  return steps.length >= letters.length - 2
}

const consonants = 'bdfgklmnprstvz'
const vowels = 'aeiou'

/**
 * A passphrase that can be read aloud and typed with a thumb, such as "tamo-reku-balif-…": ten syllables of 70, about 61 bits.
 * `random` gives a whole number below the limit.
 */
export function proposePassphrase(random: (below: number) => number): string {
  const syllable = (): string => (consonants[random(consonants.length)] ?? '') + (vowels[random(vowels.length)] ?? '')
  return Array.from({ length: 5 }, () => syllable() + syllable()).join('-')
}

/** Evenly spread whole numbers from the browser's secure source. */
export function secureRandom(below: number): number {
  const limit = Math.floor(0x1_0000_0000 / below) * below
  for (;;) {
    const [value = 0] = crypto.getRandomValues(new Uint32Array(1))
    if (value < limit) return value % below
  }
}
