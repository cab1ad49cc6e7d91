// People by their initials, as workers write them: "DW & CW cooking", "w/ DH", "KW's yes-cycle", "puzzle to D. and holds".
// Letters alone say nothing: something that only people do, have or are told stands beside them, and no known abbreviation is taken for somebody.
import type { Reading } from '../detectors/detector.ts'
import { isKnownAbbreviation, isWeakAbbreviation, spokenInitials } from '../lexicon/abbreviations.ts'
import type { WordSense } from '../lexicon/lexicon.ts'
import { sectorWords } from '../lexicon/sector-words.ts'
import { wordSet } from '../lexicon/word-set.ts'
import type { Token } from '../tokens/token.ts'
import { isLoneInitial } from './lone-initial.ts'
import { readContext } from './person-context.ts'
import {
  bodies,
  contactVerbs,
  deeds,
  determiners,
  doings,
  fillers,
  humanVerbs,
  labelWords,
  ownedWords,
  personVerbs,
  rolesBefore,
} from './person-words.ts'
import { nobody, type Score } from './score.ts'

export const usedLikeInitials: Score = { confidence: 0.5, because: 'initials used like a name' }

const companions = wordSet(
  'with by told asked tells ask tell wants wanted let lets helped helps showed shows gave watched watch filmed film rang phoned texted saw see sees met invited hugged thanked discussed re film watch ring call text email chase visit meet collect hold held bring brings bringing brought take takes took',
)
/** "looks at VR", "feedback to YL": the small word before it, and the one before that. */
const towards = wordSet('at to from for of about')
const given = wordSet(
  'looks looked looking look smiles smiled smiling pointed points waved waves turns turned talks talked talking spoke listens listened reaches reached laughs laughed feedback call text email letter copy message gave given handed note card report film clip clips footage worried proud',
)
const afterObject = wordSet(
  'and but to who re about at on in for today yesterday again more better first too this next last as so when while because then if before after not has is was',
)
const conditions = wordSet(
  'upset tired poorly unwell asleep awake hungry teething crawling walking shy quiet settled unsettled happy sad cross proud tearful calm chatty clingy worried nervous anxious excited pleased keen reluctant able unable too very really still present absent aged',
)
const tasks = wordSet(
  'ring call phone text email send write book chase check speak ask arrange attend collect join chair invite contact visit update discuss film observe cover draft feed watch bring choose hold try',
)
const auxiliaries = wordSet('is was has had will would can could did does')

/** Two capitals, or three that no list and no dictionary holds. */
export function mayBeInitials(token: Token): boolean {
  return (
    token.kind === 'word' &&
    token.letterCase === 'upper' &&
    !token.isShouted &&
    (token.text.length === 2 || token.text.length === 3) &&
    !isKnownAbbreviation(token.folded) &&
    !(token.text.length === 3 && sectorWords.has(token.folded)) &&
    !(token.text.length === 2 && sectorWords.has(token.folded) && !medicalShorthand.has(token.folded))
  )
}
/** In lower case these are short for treatment, diagnosis, history; in capitals and beside a verb they are somebody. */
const medicalShorthand = wordSet('tx dx hx sx rx ax wg')

/** "DW said", "w/ DH", "JAB's mum". */
export function scoreInitials({ tokens, lexicon }: Reading, index: number, sense: WordSense): Score {
  const token = tokens[index]!
  if (isWeakPair(token)) return isSurelySomebody(tokens, index) ? usedLikeInitials : nobody
  if (!mayBeInitials(token)) return nobody
  if (spokenInitials.has(token.folded)) return { confidence: 0.6, because: 'initials that people go by' }
  if (token.text.length === 3) {
    if (sense.isWord || sense.given > 0 || sense.isFamily) return nobody
    const next = tokens[index + 1]
    const isActing = next?.kind === 'word' && deeds.has(next.folded)
    const isOwning = next?.kind === 'possessive' && rolesBefore.has(tokens[index + 2]?.folded ?? '')
    return isActing || isOwning || isCompanion(tokens, index, calls) ? usedLikeInitials : nobody
  }
  return isAfterPair(tokens, index) || isSomebody(tokens, index, (word) => lexicon.sense(word).isWord) ? usedLikeInitials : nobody
}
/** Two capitals that are an abbreviation elsewhere. */
export const isWeakPair = (token: Token): boolean =>
  token.kind === 'word' && token.letterCase === 'upper' && !token.isShouted && token.text.length === 2 && isWeakAbbreviation(token.folded)

/** "NH held AH facing out", "EC more relaxed", "feeds EB": what no clinic, form or meeting does, is or has done to it. */
function isSurelySomebody(tokens: readonly Token[], index: number): boolean {
  const [before, next] = [tokens[index - 1], tokens[index + 1]]
  if (isAfterPair(tokens, index)) return true
  if (before?.kind === 'word' && (determiners.has(before.folded) || placing.has(before.folded))) return false
  if (next === undefined || next.isApart === false)
    return next?.kind === 'possessive' ? bodyParts.has(tokens[index + 2]?.folded ?? '') : isDoneTo(tokens, index)
  return isBodily(tokens, index) || isInState(tokens, index) || isDoneTo(tokens, index) || isInPair(tokens, index)
}

/** "DC held SC close", "KB names feelings for EB:": somebody by initials does it, to or for this one. */
function isAfterPair(tokens: readonly Token[], index: number): boolean {
  const [before, next] = [tokens[index - 1], tokens[index + 1]]
  if (before?.kind !== 'word') return false
  const isEnd =
    next === undefined || next.kind !== 'word' || afterObject.has(next.folded) || closeness.has(next.folded) || next.folded.endsWith('ing')
  if (!isEnd || next?.text === '-' || next?.text === '(') return false
  const isPerson = (token: Token | undefined): boolean => token?.text.length === 2 && (mayBeInitials(token) || isWeakPair(token))
  if ((handled.has(before.folded) || doneTo.has(before.folded) || isPersonal(before.folded)) && isPerson(tokens[index - 2])) return true
  if (before.folded === 'from' && signals.has(tokens[index - 2]?.folded ?? '')) return true
  if (before.folded === 'by' && doneTo.has(tokens[index - 2]?.folded ?? '')) return true
  if (!towardsSomebody.has(before.folded)) return false
  for (let at = index - 2; at > index - 9 && at >= 0 && tokens[at]!.kind !== 'gap'; at -= 1)
    if (isPerson(tokens[at]) && isBodily(tokens, at)) return true
  return false
}
const signals = wordSet('pause smile look cue cues wave kiss giggle laugh gaze nod smiles looks glance initiative initiatives')
const closeness = wordSet('close with to in into from then facing upright still up out down back a the his her')
const towardsSomebody = wordSet('for at with beside behind by to')
const placing = wordSet('in on via near outside')
const bodyParts = wordSet('face eyes hand hands smile cues tears mum dad nan gran lap voice laugh')

/** A verb of the body or of play after it; "held" and the like only with somebody or something small to hold. */
export function isBodily(tokens: readonly Token[], index: number): boolean {
  let at = index + 1
  while (tokens[at]?.kind === 'word' && fillers.has(tokens[at]!.folded) && at < index + 3) at += 1
  const verb = tokens[at]
  if (verb?.kind !== 'word' || verb.letterCase !== 'lower' || verb.startsSentence) return false
  if (isPersonal(verb.folded) || (doneTo.has(verb.folded) && !told.has(verb.folded)) || (doings.has(verb.folded) && !officeDoings.has(verb.folded)))
    return true
  const object = tokens[at + 1]
  if (!handled.has(verb.folded) || object === undefined) return false
  return (
    (object.letterCase === 'upper' && object.text.length === 2 && (mayBeInitials(object) || isWeakPair(object))) || smallThings.has(object.folded)
  )
}
/** What people say and do, without what services, meetings and papers are said to do as well. */
const isPersonal = (verb: string): boolean =>
  bodily.has(verb) ||
  ((personVerbs.has(verb) || humanVerbs.has(verb) || deeds.has(verb)) && !loose.has(verb) && !institutional.has(verb) && !/n'?t$/.test(verb))
const institutional = wordSet(
  'said says asks asked tells told agrees refused attends arrived joined visited wrote sent sends replied responds responded cancelled decided declined came comes went goes left returned got gets takes took gives gave found knows saw sees met rang phoned texted emailed spoke talked talks began turned posted collected bought broke lost won thanked engaged named drove drew held lets let misses missed hits hit cut brings chose chooses shares shared sorted settled lives hurt expected managed struggled noticed wants plays played thinks fell stood stayed kept follows followed read reads',
)
const told = wordSet('told thanked')
const bodily = wordSet(
  'stood leant babbles coos gazes sneezed wriggled splashed cheered played plays lay lies thinks named lifts carries stroked strokes tickled tickles blew blows chased chases peeped squealed popped shook',
)
const officeDoings = wordSet('holding offering looking reading asking telling sharing building')
const handled = wordSet(
  'kept filled met held offered gave gives showed shows took takes put puts let lets told asked saw sees followed follows said says',
)
const smallThings = wordSet('him her it his them cup spoon bottle ball mum dad close still out up')

/** "EC more relaxed than week 1", "AH was teething", "AH is 2". */
function isInState(tokens: readonly Token[], index: number): boolean {
  let at = index + 1
  const isToBe = tokens[at]?.folded === 'is' || tokens[at]?.folded === 'was'
  if (isToBe) at += 1
  while (tokens[at]?.kind === 'word' && (degrees.has(tokens[at]!.folded) || fillers.has(tokens[at]!.folded)) && at < index + 5) at += 1
  const state = tokens[at]
  if (isToBe && isBabyOrSo(tokens, index + 2)) return true
  if (state?.kind === 'number') return isToBe && state.text.length < 2 && tokens[at + 1]?.folded === 'and'
  return state?.kind === 'word' && state.letterCase === 'lower' && !state.startsSentence && moods.has(state.folded)
}
/** "AB is a calm baby". */
function isBabyOrSo(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.folded !== 'a') return false
  return small.has(tokens[at + 1]?.folded ?? '') || small.has(tokens[at + 2]?.folded ?? '')
}
const small = wordSet('baby toddler boy girl twin child mum dad daughter son')
const degrees = wordSet('more less so very much a bit too still not')
const moods = wordSet(
  'warm gentle smiley relaxed settled unsettled upset tired poorly asleep awake hungry teething shy sad cross tearful calm calmer chatty clingy worried anxious excited giggly sleepy drowsy alert vocal grumpy',
)

/** "told AH", "fed EB": what is done to people and babies only, and nothing behind it that it could be the first half of. */
function isDoneTo(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]
  if (before?.kind !== 'word' || !doneTo.has(before.folded)) return false
  const next = tokens[index + 1]
  return (
    next === undefined ||
    next.kind !== 'word' ||
    afterObject.has(next.folded) ||
    next.folded.endsWith('ing') ||
    smallThings.has(next.folded) ||
    next.folded === 'lying'
  )
}
const doneTo = wordSet('told thanked hugged kissed fed feeds bathed dressed tickled soothed comforted')

/** "HC and EB shared the drum": another pair beside it, and both of them do what people do. */
function isInPair(tokens: readonly Token[], index: number): boolean {
  const isLink = (token: Token | undefined): boolean => token !== undefined && (token.text === '&' || token.folded === 'and' || token.text === '+')
  const isOther = (token: Token | undefined): boolean => token?.text.length === 2 && token.letterCase === 'upper'
  const isTogether = (at: number): boolean => isBodily(tokens, at) || sharing.has(tokens[at + 1]?.folded ?? '')
  if (isLink(tokens[index + 1]) && isOther(tokens[index + 2])) return isTogether(index + 2)
  return isLink(tokens[index - 1]) && isOther(tokens[index - 2]) && isTogether(index)
}
const sharing = wordSet('shared share built cooking cuddling giggling took enjoyed enjoy')

/** JMcD, KMcA, AMacD, RO'B: the first letter and a family name that starts with two capitals. */
export const isInitialsWithParticle = (text: string): boolean => /^\p{Lu}{1,2}(?:Ma?c|[OD]['’]|St|Fitz|De)\p{Lu}$/u.test(text)

const calls = wordSet('told asked rang phoned texted hugged thanked')

function isSomebody(tokens: readonly Token[], index: number, isWord: (word: string) => boolean): boolean {
  const next = tokens[index + 1]
  const third = tokens[index + 2]
  if (next?.kind === 'possessive') return third?.kind === 'word' && third.letterCase === 'lower'
  if (rolesBefore.has(next?.folded ?? '') && next!.letterCase === 'lower' && !next!.startsSentence) return false
  if (isActing(tokens, index) || isDescribed(tokens, index) || isCompanion(tokens, index, companions) || isBesidePerson(tokens, index)) return true
  // "DW (mum)", "DW (4)", "DW aged 4".
  if (
    next?.text === '(' &&
    (rolesBefore.has(third?.folded ?? '') || (third?.kind === 'number' && third.text.length < 3 && tokens[index + 3]?.text === ')'))
  )
    return true
  if (next?.folded === 'to' && tasks.has(third?.folded ?? '')) return true
  // "mum DW", "her cousin KL".
  const before = tokens[index - 1]
  if (before?.kind === 'word' && rolesBefore.has(before.folded) && !(before.letterCase === 'upper' && before.text.length > 3))
    return next === undefined || next.kind !== 'word' || next.letterCase === 'lower'
  // "DW & CW cooking", "JR & BR on floor".
  return isPair(tokens, index) || (next?.kind === 'word' && isBusy(next, isWord)) || isLonePair(tokens, index)
}

/** "visit to GK,", "clip of BT", "LH - calm and bright": where a name would stand, and nothing that it could be the first half of. */
function isLonePair(tokens: readonly Token[], index: number): boolean {
  const [before, token, next] = [tokens[index - 1], tokens[index]!, tokens[index + 1]]
  const isEnd = next === undefined || next.kind === 'gap' || (next.kind === 'mark' && '.,;!?)'.includes(next.text)) || afterObject.has(next.folded)
  if (isEnd && before?.kind === 'word' && !token.startsSentence) return toWhom.has(before.folded)
  const [second, third] = [tokens[index + 2], tokens[index + 3]]
  if (!token.startsSentence || next?.kind !== 'mark' || second?.kind !== 'word' || second.letterCase !== 'lower') return false
  return (
    (next.text === '-' || next.text === '–' || next.text === ':') &&
    (next.isApart || next.text === ':') &&
    (conditions.has(second.folded) || moods.has(second.folded) || third?.text === ',')
  )
}
const toWhom = wordSet('to with of from for about and by when if that because while seen saw for told asked baby little wee both')

/** A verb of people, "did not", "has said" after it. */
function isActing(tokens: readonly Token[], index: number): boolean {
  let at = index + 1
  while (tokens[at]?.kind === 'word' && fillers.has(tokens[at]!.folded) && at < index + 3) at += 1
  const verb = tokens[at]
  if (verb?.kind !== 'word' || verb.letterCase !== 'lower') return false
  if (personVerbs.has(verb.folded) || humanVerbs.has(verb.folded) || deeds.has(verb.folded)) return !loose.has(verb.folded)
  const after = tokens[at + 1]
  return (
    auxiliaries.has(verb.folded) &&
    after?.kind === 'word' &&
    (personVerbs.has(after.folded) || humanVerbs.has(`${after.folded}s`) || deeds.has(`${after.folded}s`)) &&
    !loose.has(after.folded)
  )
}
/** Verbs that a meeting, a form or a scheme does as well. */
const loose = wordSet(
  'needs made makes started stopped works worked put set moved presented presents raised passed showed shows attended planned offered mentioned received confirmed completed described supports supported requested agreed covered covers runs ran reported reports explains explained',
)

function isDescribed(tokens: readonly Token[], index: number): boolean {
  const next = tokens[index + 1]
  const isToBe = next?.folded === 'is' || next?.folded === 'was'
  let at = isToBe ? index + 2 : index + 1
  while (tokens[at]?.kind === 'word' && (fillers.has(tokens[at]!.folded) || tokens[at]!.folded === 'not') && at < index + 4) at += 1
  const state = tokens[at]
  if (isToBe && isBabyOrSo(tokens, index + 2)) return true
  if (state?.kind === 'number') return isToBe && state.text.length < 3 && tokens[at + 1]?.kind !== 'mark'
  return state?.kind === 'word' && conditions.has(state.folded) && state.letterCase === 'lower'
}

/** After "with", "w/", "told", and the like, with nothing behind it that it could be the first half of. */
function isCompanion(tokens: readonly Token[], index: number, words: ReadonlySet<string>): boolean {
  let before = tokens[index - 1]
  if (before?.text === '/' && tokens[index - 2]?.folded === 'w') before = tokens[index - 2]
  else if (before?.kind !== 'word') return false
  const isTowards = words === companions && towards.has(before!.folded) && given.has(tokens[index - 2]?.folded ?? '')
  const isAfter = isTowards || words.has(before!.folded) || (words === companions && (before!.folded === 'w' || contactVerbs.has(before!.folded)))
  const next = tokens[index + 1]
  return (
    isAfter &&
    (next === undefined ||
      next.kind === 'gap' ||
      (next.kind === 'mark' && next.text !== '-' && next.text !== '(') ||
      (next.kind === 'word' && afterObject.has(next.folded)))
  )
}

/** "mum & DW", "DW and her mum". */
function isBesidePerson(tokens: readonly Token[], index: number): boolean {
  const isPerson = (token: Token | undefined): boolean => token !== undefined && rolesBefore.has(token.folded) && !isJob.has(token.folded)
  const isLink = (token: Token | undefined): boolean => token !== undefined && (token.folded === 'and' || token.text === '&' || token.text === '+')
  if (isLink(tokens[index - 1]) && isPerson(tokens[index - 2])) return true
  if (!isLink(tokens[index + 1])) return false
  const owner = tokens[index + 2]?.folded ?? ''
  return isPerson(tokens[index + 2]) || (['her', 'his', 'their'].includes(owner) && isPerson(tokens[index + 3]))
}
const isJob = wordSet('hv gp sw ssw tsw asw ta senco nurse midwife teacher school worker consultant')

/** "DW & CW": unknown capitals on the other side of "and". */
function isPair(tokens: readonly Token[], index: number): boolean {
  for (const step of [1, -1]) {
    const [link, other] = [tokens[index + step], tokens[index + step * 2]]
    if (
      link !== undefined &&
      other !== undefined &&
      (link.text === '&' || link.folded === 'and' || link.text === '+') &&
      other.text.length === 2 &&
      (mayBeInitials(other) || (step === 1 && isWeakPair(other) && isBodily(tokens, index + 2)))
    )
      return true
  }
  return false
}

/** "DW reaching": what somebody is seen doing. */
const isBusy = (token: Token, isWord: (word: string) => boolean): boolean =>
  token.letterCase === 'lower' && !token.startsSentence && doings.has(token.folded) && isWord(token.folded)

/** "J said", "K's mum", "puzzle to D. and holds": one capital letter that stands for somebody. */
export function scoreInitial(reading: Reading, index: number): Score {
  const score = scoreFramedInitial(reading, index)
  if (score.confidence > 0) return score
  const token = reading.tokens[index]!
  return token.letterCase === 'upper' && !token.isShouted && isLoneInitial(reading.tokens, index, false) ? usedLikeInitials : nobody
}

/** Where somebody else goes by initials: letters alone, and pairs that are abbreviations elsewhere, are somebody in many more places. */
export function scoreBesideInitials({ tokens, lexicon }: Reading, index: number): Score {
  const token = tokens[index]!
  if (token.kind !== 'word' || token.letterCase !== 'upper' || token.isShouted) return nobody
  if (token.text.length === 1) return isLoneInitial(tokens, index, true) ? usedLikeInitials : nobody
  if (token.text.length !== 2 || !(mayBeInitials(token) || isWeakPair(token))) return nobody
  const [before, next] = [tokens[index - 1], tokens[index + 1]]
  if (before?.kind === 'word' && (determiners.has(before.folded) || placing.has(before.folded) || before.letterCase === 'upper')) return nobody
  const isEnd =
    next === undefined ||
    next.kind === 'gap' ||
    next.kind === 'possessive' ||
    (next.kind === 'mark' && next.isApart) ||
    '.,;!?)'.includes(next.text) ||
    afterObject.has(next.folded)
  const isAfterSomething = before !== undefined && before.kind !== 'gap' && !token.startsSentence
  if (isEnd && isAfterSomething) return usedLikeInitials
  return isSomebody(tokens, index, (word) => lexicon.sense(word).isWord) || personVerbs.has(next?.folded ?? '') ? usedLikeInitials : nobody
}

function scoreFramedInitial(reading: Reading, index: number): Score {
  const { tokens } = reading
  const token = tokens[index]!
  if (token.letterCase !== 'upper' || token.folded === 'i' || token.isShouted) return nobody
  const before = tokens[index - 1]
  if (before !== undefined && (labelWords.has(before.folded) || before.kind === 'number' || !token.isApart)) return nobody
  const context = readContext(reading, index)
  if (token.folded === 'a' && token.startsSentence && !context.isOwning) return nobody
  if (context.isOwningKin || (context.isActing && context.isClauseStart) || context.isMet || (context.isIntroduced && !context.isAfterDeterminer))
    return usedLikeInitials
  const [next, third] = [tokens[index + 1], tokens[index + 2]]
  const isDotted = next?.text === '.' && !next.isApart
  const follower = isDotted ? third : next
  // "A. asleep soon after": a letter at the head of a clause, and how they are.
  if (isDotted && context.isClauseStart && follower?.kind === 'word' && follower.letterCase === 'lower' && moods.has(follower.folded))
    return usedLikeInitials
  // "T vocalising": a letter at the head of a clause, seen doing something.
  if (
    context.isClauseStart &&
    (isDotted || token.folded !== 'a') &&
    follower?.kind === 'word' &&
    follower.letterCase === 'lower' &&
    doings.has(follower.folded)
  )
    return usedLikeInitials
  if (context.isAfterDeterminer || token.folded === 'a') return nobody
  const goesOn =
    follower === undefined ||
    follower.kind === 'gap' ||
    follower.text === ',' ||
    (follower.kind === 'word' && follower.letterCase === 'lower' && !bodies.has(follower.folded) && afterLetter.has(follower.folded))
  const isAfterLink = before?.kind === 'word' ? givenTo.has(before.folded) : before?.text === '/' && tokens[index - 2]?.folded === 'w'
  const isDoing =
    isDotted && follower?.kind === 'word' && follower.letterCase === 'lower' && (personVerbs.has(follower.folded) || humanVerbs.has(follower.folded))
  if (isDoing && (context.isClauseStart || before?.folded === 'and')) return usedLikeInitials
  // "G. was tired", "smiled at W."
  if (isDotted && context.isClauseStart && (follower?.folded === 'was' || follower?.folded === 'is') && isDescribed(tokens, index + 1))
    return usedLikeInitials
  if (before?.kind === 'word' && towards.has(before.folded) && given.has(tokens[index - 2]?.folded ?? '')) return usedLikeInitials
  if (
    isDotted &&
    (isAfterLink || before?.folded === 'of' || before?.folded === 'about') &&
    follower?.kind === 'word' &&
    follower.letterCase === 'lower'
  )
    return usedLikeInitials
  if (isAfterLink && before!.folded !== 'to' && before!.folded !== 'from' && goesOn) return usedLikeInitials
  if (isBesidePerson(tokens, index) || isBesideInitials(tokens, index)) return usedLikeInitials
  if (next?.kind === 'possessive' && third?.kind === 'word' && third.letterCase === 'lower' && !third.startsSentence)
    return ownedWords.has(third.folded) || context.isLinked || token.startsSentence ? usedLikeInitials : nobody
  return nobody
}

/** "KMcA and T on the rug". */
function isBesideInitials(tokens: readonly Token[], index: number): boolean {
  const [link, other] = [tokens[index - 1], tokens[index - 2]]
  return (link?.folded === 'and' || link?.text === '&' || link?.text === '+') && other !== undefined && isInitialsWithParticle(other.text)
}
const givenTo = wordSet('to with from by beside behind told asked hugged tells for near w')
const afterLetter = wordSet('and but who to at on in again today yesterday while when as so then after before')
