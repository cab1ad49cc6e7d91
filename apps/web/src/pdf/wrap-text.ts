/** Breaks a line at spaces so that no part is wider than `width`; a word that is wider by itself is broken where it must be. */
export function wrapText(line: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = []
  let current = ''
  for (const word of line.split(/ +/).flatMap((part) => breakWord(part, width, measure))) {
    const longer = current === '' ? word : `${current} ${word}`
    if (current === '' || measure(longer) <= width) current = longer
    else {
      lines.push(current)
      current = word
    }
  }
  return [...lines, current]
}

function breakWord(word: string, width: number, measure: (text: string) => number): string[] {
  if (measure(word) <= width) return [word]
  const parts: string[] = []
  let part = ''
  for (const letter of word) {
    if (part !== '' && measure(part + letter) > width) {
      parts.push(part)
      part = letter
    } else part += letter
  }
  return [...parts, part]
}
