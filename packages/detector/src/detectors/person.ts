// People's names. Each word is scored alone (person/score-word.ts); then names are joined with their neighbours: titles, initials, family names.
import type { WordSense } from '../lexicon/lexicon.ts'
import { determiners, nameLinks, particles, personVerbs, titles } from '../person/person-words.ts'
import { isBodily, isWeakPair, mayBeInitials, scoreBesideInitials, usedLikeInitials } from '../person/score-initials.ts'
import { scoreWord } from '../person/score-word.ts'
import type { Token } from '../tokens/token.ts'
import type { Candidate, Detector, Reading } from './detector.ts'

const threshold = 0.45
const longest = 6

export const detectPerson: Detector = (reading: Reading) => {
  const { tokens } = reading
  const found: Candidate[] = []
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]!
    if (token.kind !== 'word') continue
    const titled = endOfTitled(reading, index) || endOfInitials(reading, index)
    if (titled > 0) {
      const to = endOfName(reading, titled - 1, false)
      found.push({ from: index, to, type: 'PERSON', confidence: 0.92, because: titles.has(token.folded) ? 'a title and a name' : 'initials' })
      index = to - 1
      continue
    }
    const { confidence, because } = scoreWord(reading, index)
    if (confidence < threshold) continue
    const to = endOfName(reading, index, token.letterCase === 'lower')
    found.push({ from: index, to, type: 'PERSON', confidence, because })
    index = to - 1
  }
  const more = findSameInitials(tokens, found)
  return [...found, ...more, ...findOtherInitials(reading, [...found, ...more])]
}

/** Initials that stood for somebody once stand for them everywhere in the text: "KW's cue … and whether KW sees it". */
function findSameInitials(tokens: readonly Token[], found: readonly Candidate[]): Candidate[] {
  const known = new Set<string>()
  const taken = new Set<number>()
  for (const { from, because } of found) {
    taken.add(from)
    if (because === usedLikeInitials.because && tokens[from]!.text.length > 1) known.add(tokens[from]!.text)
  }
  if (known.size === 0) return []
  const more: Candidate[] = []
  tokens.forEach((token, index) => {
    if (token.text.length < 4 && known.has(token.text) && !taken.has(index) && (mayBeInitials(token) || isWeakPair(token)))
      more.push({ from: index, to: index + 1, type: 'PERSON', confidence: usedLikeInitials.confidence, because: usedLikeInitials.because })
  })
  return more
}

/** Where one person goes by letters, others do: "MT attended with baby J". */
function findOtherInitials(reading: Reading, found: readonly Candidate[]): Candidate[] {
  if (!found.some(({ because }) => because === usedLikeInitials.because || because === 'initials')) return []
  const taken = new Uint8Array(reading.tokens.length)
  for (const { from, to } of found) taken.fill(1, from, to)
  const more: Candidate[] = []
  reading.tokens.forEach((token, index) => {
    if (taken[index] === 1 || token.text.length > 2) return
    const { confidence, because } = scoreBesideInitials(reading, index)
    if (confidence > 0) more.push({ from: index, to: index + 1, type: 'PERSON', confidence, because })
  })
  return more
}

/** "Mrs Oyelowo", "Mr and Mrs Ogden", "Mr. T": the place after the name, 0 when there is no name. */
function endOfTitled({ tokens, lexicon }: Reading, index: number): number {
  const title = tokens[index]!
  if (!titles.has(title.folded)) return 0
  let at = index + 1
  if (tokens[at]?.text === '.') at += 1
  if ((tokens[at]?.folded === 'and' || tokens[at]?.text === '&') && titles.has(tokens[at + 1]?.folded ?? '')) {
    at += 2
    if (tokens[at]?.text === '.') at += 1
  }
  const name = tokens[at]
  if (name?.kind !== 'word' || !name.isApart) return 0
  const sense = lexicon.sense(name.folded)
  const isCapital = name.letterCase !== 'lower' && !name.isShouted
  if (sense.isNobody && name.text.length > 1 && !plainTitles.has(title.folded)) return 0
  // "Miss you", "doctor said": the title is a word as well.
  // In a line of capitals: a name as likely as after "Mrs" anywhere else.
  if (name.isShouted && plainTitles.has(title.folded) && name.text.length > 3) return title.folded === 'ms' && programs.has(name.folded) ? 0 : at + 1
  if (title.folded === 'ms' && programs.has(name.folded)) return 0
  if (isCapital)
    return name.text.length === 1 && name.folded === 'i'
      ? 0
      : (title.folded === 'doctor' || title.folded === 'judge') && sense.isWord && !sense.isFamilyWord && sense.nameWord === 0
        ? 0
        : at + 1
  if (['mr', 'mrs', 'ms', 'mx', 'prof', 'rev'].includes(title.folded)) return sense.isWord && !sense.isFamilyWord && sense.nameWord === 0 ? 0 : at + 1
  return !sense.isWord && (sense.given > 0 || sense.isFamily || sense.shape > -0.2) ? at + 1 : 0
}

/** "MS Teams", "MS Word". */
const programs = new Set(['teams', 'word', 'office', 'excel', 'outlook', 'forms', 'project', 'windows'])
const plainTitles = new Set(['mr', 'mrs', 'ms'])

/** "R.S.", "J.B. Khan", "B Mensah", "A.McK.", "M.O'D.", "Ll.E.". */
function endOfInitials({ tokens, lexicon }: Reading, index: number): number {
  const first = tokens[index]!
  if (!isInitialPart(first)) return 0
  let at = index + 1
  let count = 1
  while (
    tokens[at]?.text === '.' &&
    !tokens[at]!.isApart &&
    tokens[at + 1] !== undefined &&
    !tokens[at + 1]!.isApart &&
    isInitialPart(tokens[at + 1]!) &&
    count < 4
  ) {
    count += 1
    at += 2
  }
  const joined = tokens
    .slice(index, at)
    .map((token) => token.folded)
    .join('')
  if (count > 1 && count < 4) {
    const end = tokens[at]?.text === '.' && !tokens[at]!.isApart ? at + 1 : at
    return knownDotted.has(joined) && !(count === 2 && isDottedPerson(tokens, index, end)) ? 0 : end
  }
  if (first.text.length > 1) return 0
  if (tokens[at]?.text === '.') at += 1
  const family = tokens[at]
  if (
    family?.kind !== 'word' ||
    family.text.length < 2 ||
    !family.isApart ||
    family.letterCase === 'lower' ||
    family.letterCase === 'upper' ||
    (first.folded === 'i' && tokens[index + 1]?.text !== '.')
  )
    return 0
  // "A Barbie doll" has an article, "A Mensah rang" an initial.
  const after = tokens[at + 1]
  if (first.folded === 'a' && first.startsSentence && tokens[at - 1] === first && after?.kind === 'word' && !personVerbs.has(after.folded)) return 0
  const sense = lexicon.sense(family.folded)
  const isName = !sense.isNobody && (sense.isFamily || sense.given > 0 || (sense.isFamilyWord && tokens[at - 1]?.text === '.') || !sense.isWord)
  return isName ? at + 1 : 0
}

/** "G.P. and A.W. sat", "G.P. laughed": known letters that do what only people do, with somebody else's beside them or alone. */
function isDottedPerson(tokens: readonly Token[], from: number, end: number): boolean {
  const isLink = (token: Token | undefined): boolean => token?.folded === 'and' || token?.text === '&'
  const isDotted = (at: number): boolean =>
    tokens[at]?.text.length === 1 && tokens[at]!.letterCase === 'upper' && tokens[at + 1]?.text === '.' && tokens[at + 2]?.text.length === 1
  const isOther = (at: number): boolean => isDotted(at) && !knownDotted.has(`${tokens[at]!.folded}.${tokens[at + 2]!.folded}`)
  const isOfPlace = tokens[from - 1]?.kind === 'word' && !tokens[from]!.startsSentence
  if (isLink(tokens[end]) && isOther(end + 1)) return !isOfPlace
  if (isLink(tokens[from - 1]) && (isOther(from - 5) || isOther(from - 4))) return true
  return !isOfPlace && !workLetters.has(`${tokens[from]!.folded}.${tokens[from + 2]!.folded}`) && isBodily(tokens, end - 1)
}
const workLetters = new Set(['h.v', 's.w', 'g.p', 't.a', 'o.t', 'e.g', 'i.e', 'a.m', 'p.m'])

/** One capital; or the two letters that are one in some languages, or the start of a Mc or an O'. */
const isInitialPart = (token: Token): boolean =>
  token.kind === 'word' &&
  ((token.text.length === 1 && token.letterCase === 'upper') ||
    (token.text.length < 5 && /^(?:Ll|Ff|Rh|Th|Ch|Sh|Ph|Kh|Mc|Mac|St|(?:Mc|Mac|[OD]['’])\p{Lu})$/u.test(token.text)))

const knownDotted = new Set([
  'u.k',
  'u.s',
  'e.g',
  'i.e',
  'a.m',
  'p.m',
  'n.b',
  'd.v',
  'q.a',
  'd.o.b',
  'a.k.a',
  'u.s.a',
  'c.e',
  'r.e',
  'p.e',
  't.b.c',
  'v.i.g',
  'f.y.i',
  'p.s',
  'a.s.d',
  's.e.n',
  'n.h.s',
  'd.i.y',
  't.v',
  'e.t.a',
  'g.p',
  'h.v',
  's.w',
  'e.p',
  't.a',
])

/** Where the name that starts before `index` ends: family names, double names, initials after it. */
function endOfName({ tokens, lexicon }: Reading, index: number, isLower: boolean): number {
  let to = index + 1
  while (to < tokens.length && to - index < longest) {
    const next = tokens[to]!
    if (
      next.text === '-' &&
      !next.isApart &&
      tokens[to + 1]?.kind === 'word' &&
      !tokens[to + 1]!.isApart &&
      (isLower || tokens[to + 1]!.letterCase !== 'lower') &&
      !lexicon.sense(tokens[to + 1]!.folded).isNobody
    ) {
      to += 2
      continue
    }
    if (next.kind !== 'word' || next.startsSentence || !next.isApart) break
    if (next.text.length === 1) {
      if (next.letterCase !== 'upper' || next.folded === 'i' || next.isShouted || isLower) break
      to += 1
      if (tokens[to]?.text === '.' && !tokens[to]!.isApart && tokens[to + 1]?.kind === 'word' && !tokens[to + 1]!.startsSentence) to += 1
      continue
    }
    if (
      particles.has(next.folded) &&
      tokens[to + 1]?.kind === 'word' &&
      isPartOfName(tokens[to + 1]!, lexicon.sense(tokens[to + 1]!.folded), isLower) &&
      !lexicon.sense(tokens[to + 1]!.folded).isWord
    ) {
      to += 2
      continue
    }
    if (particles.has(next.folded) && tokens[to + 1]?.text === '-') {
      to += 1
      continue
    }
    if (!isPartOfName(next, lexicon.sense(next.folded), isLower)) break
    to += 1
  }
  return to
}

function isPartOfName(token: Token, sense: WordSense, isLower: boolean): boolean {
  if (sense.isNobody) return false
  if (isLower && (nameLinks.has(token.folded) || determiners.has(token.folded))) return false
  if (token.letterCase === 'lower' || token.isShouted)
    return isLower || token.isShouted ? sense.isFamily || sense.given === 2 || (sense.isFamilyWord && !commonVerbs.has(token.folded)) : false
  if (token.letterCase === 'upper') return sense.isFamily || sense.given === 2
  return true
}

/** Family names that are everyday words, after a name in lower case: "emily will ring". */
const commonVerbs = new Set(
  'will may long short young best day good cross rose wells case love price wise moody strange blunt hope self bell sharp small little early head heard close rush page'.split(
    ' ',
  ),
)
