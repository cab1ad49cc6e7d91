const special: { readonly [letter: string]: string } = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  ı: 'i',
  ħ: 'h',
  ə: 'e',
  '’': "'",
  ʻ: "'",
  ʼ: "'",
  '‘': "'",
}

/** Lower case without diacritics: "Róisín" and "roisin" are one word. Plain ASCII takes the short way. */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  let isPlain = true
  for (let at = 0; at < lower.length; at += 1) if (lower.charCodeAt(at) > 127) isPlain = false
  if (isPlain) return lower
  let folded = ''
  for (const letter of lower.normalize('NFD')) {
    if (letter >= '\u0300' && letter <= '\u036f') continue
    folded += special[letter] ?? letter
  }
  return folded
}
