// One capital letter that no rule of score-initials.ts has taken for somebody. In notes such a letter is a person unless it is a label, a mark, a sound,
// a size or the first half of a thing ("Plan B", "A&E", "T shirt", "vitamin D", "from A to B"): those are told by what stands right beside it.
import { wordSet } from '../lexicon/word-set.ts'
import type { Token } from '../tokens/token.ts'
import { deeds, determiners, doings, fillers, humanVerbs, labelWords, personVerbs, rolesBefore } from './person-words.ts'

const labels = wordSet(
  'letter letters capital hep triple double vit grades scored got score graded marks factor options steps wing ward gate platform sections forms plans model study trial sheet script band cup sizes size point door house flat unit road schedule column row chapter volume drawer shelf lane bay area scale exercise example version series kit tray list pile junction exit ring hob spell spells sound sounds note beginning starting starts begins named',
)
const things = wordSet(
  'shirt shirts turn turns ray rays section sections cell cells side plate plates level levels minus plus team wing block class list ring star scan jab key drive road stage word words form tube bone shape fit line junction beam bus type factor sound cup bend board band map mail pass rated day shaped number coli diff pop pylori strep major minor flat sharp u is for stands',
)
/** Letters that "and" or "&" makes one thing of. */
const firms = wordSet('qa ae rr bb hm bq po dv nv pp rd ms')
const ends = wordSet('. , ; ! ? ) … :')
const auxiliaries = wordSet('is was has had will would can could did does isn’t')
const states = wordSet(
  'upset tired poorly unwell asleep awake hungry teething crawling walking shy quiet settled unsettled happy sad cross proud tearful calm calmer chatty clingy worried nervous anxious excited pleased keen absent present very really still more less so not v',
)
const links = wordSet('and & + ,')

const isLetter = (token: Token | undefined): boolean => token?.kind === 'word' && token.text.length === 1 && token.letterCase === 'upper'
const isLowerWord = (token: Token | undefined): token is Token & { letterCase: 'lower' } =>
  token?.kind === 'word' && token.letterCase === 'lower' && !token.startsSentence
const isVerb = (word: string): boolean =>
  personVerbs.has(word) || humanVerbs.has(word) || deeds.has(word) || auxiliaries.has(word) || doings.has(word)

/** True when nothing beside the letter makes it something else than somebody. `isSure`: somebody else in the text goes by letters. */
export function isLoneInitial(tokens: readonly Token[], index: number, isSure: boolean): boolean {
  const token = tokens[index]!
  if (token.folded === 'i' || isOfLabel(tokens, index) || isOfAlphabet(tokens, index)) return false
  const dot = tokens[index + 1]
  // "E.g.", "H.V.": a letter of something longer.
  if (dot?.text === '.' && tokens[index + 2]?.kind === 'word' && !tokens[index + 2]!.isApart) return false
  const isDotted = dot?.text === '.' && !dot.isApart && (isLowerWord(tokens[index + 2]) || tokens[index + 2]?.text === '(')
  const at = isDotted ? index + 2 : index + 1
  const next = tokens[at]
  if (next !== undefined && next.kind === 'mark' && !next.isApart && !ends.has(next.text)) return isDoubleLetter(tokens, index)
  if (isLowerWord(next) && things.has(next.folded) && !isDescription(tokens, at)) return false
  if (next?.kind === 'number') return tokens[at + 1]?.text === '/' && tokens[at + 2]?.text === '12'
  if (token.folded === 'x' && !isDotted && (!isLowerWord(next) || next.folded === 'marks')) return false
  const isHead = token.startsSentence || tokens[index - 1] === undefined || tokens[index - 1]!.kind === 'gap'
  return isHead ? isHeadOfNote(tokens, token, at, isDotted || isSure) : isInNote(tokens, index, at)
}

/** "A came in", "S (4) and L (2)", "M 18/12", "T - tired today", "F: again!", "G & H shared". */
function isHeadOfNote(tokens: readonly Token[], token: Token, at: number, isLoose: boolean): boolean {
  let to = at
  while (
    isLowerWord(tokens[to]) &&
    (fillers.has(tokens[to]!.folded) || tokens[to]!.folded === 'not' || tokens[to]!.folded === 'nearly') &&
    to < at + 2
  )
    to += 1
  const [next, second, third] = [tokens[to], tokens[to + 1], tokens[to + 2]]
  if (next === undefined) return false
  if (isLowerWord(next)) {
    if (next.folded === 'and' && (isLetter(second) || (token.folded !== 'a' && rolesBefore.has(second?.folded ?? '')))) return true
    if (token.folded === 'a') return firmVerbs.has(next.folded) && second?.folded !== 'assessment' && second?.folded !== 'one'
    if (isVerb(next.folded) || states.has(next.folded)) return true
    if (next.folded === 'to') return isLowerWord(second)
    if (next.folded === 'at' || next.folded === 'on' || next.folded === 'in') return isLoose
    return isLoose || /(?:ed|ing)$/.test(next.folded) || (/[^s]s$/.test(next.folded) && objects.has(second?.folded ?? ''))
  }
  if (next.text === '(') return (second?.kind === 'number' && second.text.length < 3) || rolesBefore.has(second?.folded ?? '')
  if (links.has(next.text)) return isLetter(second) || rolesBefore.has(second?.folded ?? '') || (next.text === ',' && second?.kind === 'number')
  if (token.folded === 'a' || token.folded === 'q') return false
  if (next.text === '-' || next.text === '–') return next.isApart && isLowerWord(second)
  if (next.text !== ':') return false
  return ((second?.text === '"' || second?.text === '“') && third?.kind === 'word') || (isLowerWord(second) && isVerb(second.folded))
}
const objects = wordSet('the a an his her him it them mum dad up out to at back away with in on')
/** After "A" these are no half of a thing: "A left turn", "A loved one", "A set time" have an article. */
const firmVerbs = wordSet(
  `said told asked was is has had came went sat slept cried laughed smiled looked wanted loves likes wants says did does didn't doesn't didnt doesnt can't cant could would got gave took saw knew ate drank woke threw ran sang stood spoke began
  refused agreed enjoyed seemed wasn't isn't hasn't wasnt isnt hates keeps thinks feels knows sleeps eats cries laughs smiles looks plays comes goes gets gives takes sees hears tells asks says rang phoned texted arrived attended hugged kissed pointed waved clapped watched waited played`,
)

/** Within a sentence a capital letter between small words. */
function isInNote(tokens: readonly Token[], index: number, at: number): boolean {
  const [before, token, next] = [tokens[index - 1]!, tokens[index]!, tokens[at]]
  if (before.kind === 'mark' && !marksBefore.has(before.text) && !(before.text === '/' && tokens[index - 2]?.folded === 'w')) return false
  if (before.kind === 'possessive' || before.kind === 'code') return false
  if (before.kind === 'word' && before.letterCase === 'upper' && before.text.length > 1) return false
  if (before.kind === 'word' && before.letterCase === 'title' && !before.startsSentence) return false
  if (next === undefined || next.kind === 'gap' || next.kind === 'possessive' || ends.has(next.text)) return true
  if (next.kind === 'mark') return next.isApart || next.text === ','
  if (!isLowerWord(next)) return false
  return token.folded !== 'a' || isVerb(next.folded) || afterA.has(next.folded)
}
const marksBefore = wordSet(', ; : & + - – ( "')
const afterA = wordSet(
  'and but to who re about at on in for today again more first too next this as so when while because then if before after not with by from',
)

/** "Plan B", "an A", "the letter T", "5 L", "(A)", "Group: C". */
function isOfLabel(tokens: readonly Token[], index: number): boolean {
  const [token, before, next] = [tokens[index]!, tokens[index - 1], tokens[index + 1]]
  if (before === undefined) return false
  if (!token.isApart && before.kind !== 'gap') return true
  const word = (before.text === ':' && next?.kind !== 'word') || before.text === '(' ? tokens[index - 2] : before
  if (before.kind === 'number' || before.kind === 'code') return true
  if (before.text === '(' && next?.text === ')') return true
  if ((before.text === '"' || before.text === "'" || before.text === '‘') && (next?.text === before.text || next?.text === '’')) return true
  if (word?.kind !== 'word') return false
  return determiners.has(word.folded) || labelWords.has(word.folded) || labels.has(word.folded)
}

/** "A B C", "Q and A", "A or B", "from A to Z", "A, B and C". */
function isOfAlphabet(tokens: readonly Token[], index: number): boolean {
  const letter = tokens[index]!
  if (isLetter(tokens[index + 1]) || isLetter(tokens[index - 1])) return true
  for (const step of [1, -1]) {
    const [link, other] = [tokens[index + step], tokens[index + step * 2]]
    if (link === undefined || !isLetter(other)) continue
    if (link.folded === 'to' || link.folded === 'or' || link.text === '/') return true
    const pair = step === 1 ? letter.folded + other!.folded : other!.folded + letter.folded
    if ((link.folded === 'and' || link.text === '&') && firms.has(pair)) return true
    const isDotted = step === -1 && tokens[index + 1]?.text === '.'
    const apart = pair.charCodeAt(1) - pair.charCodeAt(0)
    if ((link.folded === 'and' || link.text === '&' || link.text === ',') && apart === 1 && pair.charCodeAt(0) < 101 && !isDotted) return true
  }
  return false
}

/** "J-M held the tripod": two letters of one name. */
const isDoubleLetter = (tokens: readonly Token[], index: number): boolean =>
  tokens[index + 1]?.text === '-' && isLetter(tokens[index + 2]) && !tokens[index + 2]!.isApart && isLowerWord(tokens[index + 3])

/** "V is 3", "R is asleep", but not "A is for apple". */
const isDescription = (tokens: readonly Token[], at: number): boolean => {
  const [word, state] = [tokens[at]!.folded, tokens[at + 1]]
  return word === 'is' && state !== undefined && state.folded !== 'for' && state.text !== '"' && !isLetter(state)
}
