import type { Candidate, Detector } from './detector.ts'

const platforms = new Set([
  'insta',
  'instagram',
  'snapchat',
  'snap',
  'tiktok',
  'facebook',
  'fb',
  'twitter',
  'discord',
  'psn',
  'gamertag',
  'roblox',
  'xbox',
  'skype',
  'telegram',
  'username',
  'messenger',
  'kik',
  'twitch',
  'handle',
  'whatsapp',
  'onlyfans',
  'threads',
  'bluesky',
  'vinted',
  'tinder',
])
const between = new Set([
  'is',
  'name',
  'account',
  'called',
  'as',
  'on',
  'at',
  'id',
  'user',
  'username',
  'tag',
  'under',
  'page',
  'profile',
  'acc',
  'handle',
])
const afterPlatform = new Set([
  'call',
  'group',
  'video',
  'message',
  'messages',
  'post',
  'posts',
  'account',
  'for',
  'and',
  'or',
  'to',
  'was',
  'were',
  'has',
])

/** Names on social media: @name anywhere, or an odd-looking word after the name of a platform. */
export const detectAccountName: Detector = ({ tokens, lexicon }) => {
  const found: Candidate[] = []
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]!
    if (token.text === '@') {
      const next = tokens[index + 1]
      if (
        next === undefined ||
        next.isApart ||
        !(token.isApart || tokens[index - 1]?.kind === 'mark') ||
        (next.kind !== 'word' && next.kind !== 'code')
      )
        continue
      const to = endOfRun(tokens, index + 1)
      found.push({ from: index, to, type: 'CONTACT', confidence: 0.9, because: 'a name on social media' })
      index = to - 1
    } else if (token.isApart && tokens[index + 1]?.text === '_' && !tokens[index + 1]!.isApart && isNearPlatform(tokens, index)) {
      const to = endOfRun(tokens, index)
      found.push({ from: index, to, type: 'CONTACT', confidence: 0.7, because: 'a name on social media' })
      index = to - 1
    } else if (token.kind === 'word' && platforms.has(token.folded)) {
      let at = index + 1
      while (at < index + 4 && (between.has(tokens[at]?.folded ?? '') || tokens[at]?.text === ':' || tokens[at]?.text === '-')) at += 1
      const next = tokens[at]
      if (next === undefined || (next.kind !== 'word' && next.kind !== 'code') || afterPlatform.has(next.folded)) continue
      const to = endOfRun(tokens, at)
      const isOdd =
        next.kind === 'code' ||
        tokens.slice(at, to).some((one) => one.text === '_' || one.kind === 'number' || one.kind === 'code') ||
        (to > at + 2 && tokens[at + 1]?.text === '.')
      const isUnknown =
        next.kind === 'word' &&
        (at > index + 1 || /[a-z][A-Z].*[A-Z]|^[a-z]+[A-Z]/.test(next.text)) &&
        !lexicon.sense(next.folded).isWord &&
        (next.letterCase === 'lower' || /[a-z][A-Z]/.test(next.text))
      if (isOdd || isUnknown) found.push({ from: at, to, type: 'CONTACT', confidence: isOdd ? 0.85 : 0.6, because: 'a name on social media' })
      index = Math.max(index, at - 1)
    }
  }
  return found
}

/** "tez_gaming_uk on roblox": the platform stands a few words further on. */
function isNearPlatform(tokens: Parameters<Detector>[0]['tokens'], index: number): boolean {
  for (let at = index + 1; at < index + 10 && at < tokens.length; at += 1) if (platforms.has(tokens[at]!.folded)) return true
  return false
}

function endOfRun(tokens: Parameters<Detector>[0]['tokens'], from: number): number {
  let to = from + 1
  while (
    to < tokens.length &&
    !tokens[to]!.isApart &&
    (tokens[to]!.kind === 'word' || tokens[to]!.kind === 'number' || tokens[to]!.kind === 'code' || '._-'.includes(tokens[to]!.text)) &&
    tokens[to]!.kind !== 'gap'
  )
    to += 1
  while (to > from + 1 && '._-'.includes(tokens[to - 1]!.text)) to -= 1
  return to
}
