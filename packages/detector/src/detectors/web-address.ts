import type { Candidate, Detector } from './detector.ts'

const hosts = new Set(['facebook', 'instagram', 'tiktok', 'twitter', 'linkedin', 'youtube', 'snapchat', 'fb', 't', 'wa'])
const endings = new Set(['com', 'uk', 'org', 'net', 'me', 'io', 'info', 'sch', 'co'])

/** Web addresses, which often lead to one person's page. */
export const detectWebAddress: Detector = ({ tokens }) => {
  const found: Candidate[] = []
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (token?.kind !== 'word') continue
    const next = tokens[index + 1]
    const isScheme = (token.folded === 'http' || token.folded === 'https') && next?.text === ':' && tokens[index + 2]?.text === '/'
    const isWww = token.folded === 'www' && next?.text === '.'
    const after = tokens[index + 2]
    const isHost =
      next?.text === '.' &&
      !next.isApart &&
      after !== undefined &&
      !after.isApart &&
      endings.has(after.folded) &&
      (hosts.has(token.folded) || tokens[index + 3]?.text === '/')
    if (!isScheme && !isWww && !isHost) continue
    let to = index + 1
    while (to < tokens.length && !tokens[to]!.isApart && tokens[to]!.kind !== 'gap') to += 1
    while (to > index + 1 && ',.;:!?)'.includes(tokens[to - 1]!.text)) to -= 1
    found.push({ from: index, to, type: 'CONTACT', confidence: 0.85, because: 'a web address' })
    index = to - 1
  }
  return found
}
