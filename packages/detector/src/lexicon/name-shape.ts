// How name-like the letters of a word are: the mean log-odds of its letter triples in lists of names against the English word list,
// learnt by tools/detector-lists/build-lexicon.ts. It only tips the scale for words that are in no list.
const range = 7
const edge = 26

/** The place of a letter triple in the table; `edge` stands for the start and the end of a word. */
export function tripleIndex(first: number, second: number, third: number): number {
  return (first * 27 + second) * 27 + third
}

export function letterIndex(word: string, at: number): number {
  const code = word.charCodeAt(at) - 97
  return code >= 0 && code < 26 ? code : edge
}

/** One character a triple: 'a' is −7 quarters of a nat, 'o' is +7; runs of zeros are written as a number. */
export function unpackShape(packed: string): Int8Array {
  const table = new Int8Array(27 * 27 * 27)
  let at = 0
  let run = 0
  for (let index = 0; index < packed.length; index += 1) {
    const code = packed.charCodeAt(index)
    if (code >= 48 && code <= 57) run = run * 10 + code - 48
    else {
      at += run
      run = 0
      table[at++] = code - 97 - range
    }
  }
  return table
}

/** Above 0 is more like a name, below 0 more like an English word; about −1.5 to 1.5. */
export function shapeOf(word: string, table: Int8Array): number {
  let total = 0
  const count = word.length + 1
  let first = edge
  let second = letterIndex(word, 0)
  for (let at = 1; at <= word.length; at += 1) {
    const third = at < word.length ? letterIndex(word, at) : edge
    total += table[tripleIndex(first, second, third)] ?? 0
    first = second
    second = third
  }
  return total / 4 / (count - 1 || 1)
}
