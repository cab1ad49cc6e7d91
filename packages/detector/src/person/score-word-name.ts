// How likely a word that is a name as well is meant as one: Grace, May, Will.
import type { Reading } from '../detectors/detector.ts'
import type { WordSense } from '../lexicon/lexicon.ts'
import { abstractNames } from '../lexicon/names-that-are-words.ts'
import { wordSet } from '../lexicon/word-set.ts'
import type { Token } from '../tokens/token.ts'
import { afterBusy, isAged, isCaring, isDoing, isHandling, togetherVerbs } from './name-doing.ts'
import { readContext, type Context } from './person-context.ts'
import { calendarWords, fillers, rolesBefore, termWords, timeWords, titleHeads } from './person-words.ts'
import { nobody, type Score } from './score.ts'

/** Capitalised, a word and a name: Grace, May, Will. */
export function scoreWordName(reading: Reading, index: number, token: Token, sense: WordSense): Score {
  const { tokens, lexicon } = reading
  const context = readContext(reading, index)
  const isCalendar = calendarWords.has(token.folded)
  const isAbstract = isCalendar || abstractNames.has(token.folded)
  const next = tokens[index + 1]
  const isMid = !token.startsSentence
  if (context.isOwningKin || (context.isOwning && !isCalendar && !context.isAfterDeterminer))
    return { confidence: 0.85, because: 'a name that is a word, with something of its own' }
  if (next?.kind === 'word' && termWords.has(next.folded) && (isCalendar || next.letterCase === 'lower')) return nobody
  const isFullName = next?.kind === 'word' && next.letterCase === 'title' && !next.startsSentence && isNameAfter(lexicon.sense(next.folded))
  if (isFullName && !titleHeads.has(next.folded)) return { confidence: 0.9, because: 'a given name before a family name' }
  if (sense.isTown && placing.has(tokens[index - 1]?.folded ?? '')) return nobody
  if (isCalled(tokens, index)) return { confidence: 0.85, because: 'what somebody is called' }
  if (context.isAfterDeterminer && !(isMid && clauseWords.has(tokens[index - 1]?.folded ?? ''))) return nobody
  if (!isMid && isAbstract && isOfThings(tokens, index)) return nobody
  if (context.isIntroduced) return { confidence: 0.9, because: 'a name after a word for a person' }
  if (context.isActing && !(isCalendar && isTime(tokens, index))) return { confidence: 0.85, because: 'a name that is a word, doing what people do' }
  if (isHandling(tokens, index, isAbstract, isCalendar)) return { confidence: 0.75, because: 'a name that is a word, doing what people do' }
  if (!isCalendar && token.startsSentence && next?.folded === token.folded && next.letterCase === 'lower')
    return { confidence: 0.7, because: 'a name that is a word, before the word itself' }
  if (token.folded === 'will' && next?.kind === 'word' && modals.has(next.folded))
    return { confidence: 0.75, because: 'a name that is a word, before another verb of that kind' }
  if (!isCalendar && isAged(tokens, index)) return { confidence: 0.75, because: 'a name that is a word, with an age' }
  if (isCalendar && isCaring(tokens, index)) return { confidence: 0.7, because: 'a name that is a word, doing what people do' }
  if (isWithKin(tokens, index)) return { confidence: 0.85, because: 'a name that is a word, with family' }
  if (isDoing(tokens, index, isAbstract) && !(isCalendar && isTime(tokens, index)))
    return { confidence: 0.75, because: 'a name that is a word, doing what people do' }
  if (isNextToName(reading, index)) return { confidence: 0.82, because: 'a name that is a word, beside another name' }
  if (context.isMet || isFromSomebody(tokens, index)) return { confidence: 0.85, because: 'a name that is a word, after a verb of meeting' }
  if (sense.nameWord === 1 && context.isSubject) return { confidence: 0.75, because: 'a name that is a word' }
  if (context.isDescribed && isPersonState(tokens, index, isAbstract) && (!isCalendar || (!isTime(tokens, index) && !context.isLooselyDescribed)))
    return { confidence: 0.75, because: 'a name that is a word, described as people are' }
  if (isPastVerb(reading, index + 1) && !isCalendar && !(next?.folded === 'applied' && tokens[index + 2]?.folded === 'for'))
    return { confidence: 0.7, because: 'a name that is a word, before a verb' }
  if (!isCalendar && isBusy(reading, index)) return { confidence: 0.6, because: 'a name that is a word, before a verb' }
  if (!isMid) {
    if (isToDo(tokens, index) || (tokens[index - 1]?.text === '"' && next?.text === ','))
      return { confidence: 0.5, because: 'a name that is a word, with something to do' }
    const isLabel = (next?.text === '-' || next?.text === '\u2013' || next?.text === ':') && (next.isApart || next.text === ':')
    return isLabel && !isAbstract && tokens[index + 2] !== undefined
      ? { confidence: 0.5, because: 'a name that is a word, at the head of a note' }
      : nobody
  }
  if (isCalendar)
    return (context.isLinked && !isTime(tokens, index)) || isVerbNeeded(tokens, index)
      ? { confidence: 0.6, because: 'a month or season used as a name' }
      : nobody
  // A capital in the middle of a sentence, not in a row of capitals such as a title has.
  const isInRow =
    (next?.kind === 'word' && next.letterCase === 'title') || (tokens[index - 1]?.letterCase === 'title' && !tokens[index - 1]?.startsSentence)
  if (isInRow) return nobody
  return { confidence: sense.nameWord === 1 || context.isLinked ? 0.75 : 0.6, because: 'a capital on a name that is a word' }
}

/** "Will will try": nobody puts two of them together. */
const modals = wordSet("will would could should might must can won't wont can't cant")

const placing = new Set(['in', 'from', 'to', 'near', 'around', 'of', 'at'])

/** "so Olive could see", "what Art does", "that Hope saw": these open a clause as often as they point at a thing. */
const clauseWords = wordSet('that so what which as all how')

/** "Comfort came quickly", "Faith grew from there", "Grace came first": a feeling that did so. */
function isOfThings(tokens: readonly Token[], index: number): boolean {
  const [verb, after] = [tokens[index + 1], tokens[index + 2]]
  if (verb?.kind !== 'word' || !vague.has(verb.folded)) return false
  if (weather.has(tokens[index]!.folded)) return true
  return after === undefined || after.kind !== 'word' || (after.folded.endsWith('ly') && after.folded !== 'only') || vagueAfter.has(after.folded)
}
const vague = wordSet(
  'turned turns fell came comes grew grows went goes seems seemed appears appeared returned returns started starts began stopped stops fell stayed stays left moved remained kept gave gives took takes made makes found',
)
const weather = wordSet('rain sky storm star sun rainbow snow dawn spring summer autumn winter art wild')
const vagueAfter = wordSet('from first when as through slowly easily easy later last back in more less quick fast naturally with after before')

/** "Harmony and her mum", "Grace, who cried", "worker, Angel,". */
function isWithKin(tokens: readonly Token[], index: number): boolean {
  const [next, second, third] = [tokens[index + 1], tokens[index + 2], tokens[index + 3]]
  if ((next?.folded === 'and' || next?.text === '&') && owners.has(second?.folded ?? '') && rolesBefore.has(third?.folded ?? '')) return true
  if (next?.folded === 'and' && (second?.text === 'I' || second?.folded === 'me')) return true
  if (next?.text === ',' && second?.folded === 'who') return true
  const before = tokens[index - 1]
  return before?.text === ',' && rolesBefore.has(tokens[index - 2]?.folded ?? '') && (next === undefined || next.kind !== 'word')
}
const owners = new Set(['his', 'her', 'their', 'my', 'our'])

/** "1. Comfort to ring school", "Penny will write". */
function isToDo(tokens: readonly Token[], index: number): boolean {
  const [next, verb] = [tokens[index + 1], tokens[index + 2]]
  if (next?.folded !== 'to' && next?.folded !== 'will' && next?.folded !== 'would') return false
  return tasks.has(verb?.folded ?? '') && !(next.folded === 'to' && ['hope', 'will', 'pat', 'mark'].includes(tokens[index]!.folded))
}
const tasks = new Set(
  'ring call phone text email send write book chase check speak ask arrange attend collect join chair invite contact visit update discuss film observe cover draft feedback request apply'.split(
    ' ',
  ),
)

/** "Mother reports that May …", "let May know", "gran wants May to": a person is needed here. */
function isVerbNeeded(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]?.folded ?? ''
  const next = tokens[index + 1]
  if (before === 'let' || before === 'wants' || before === 'wanted' || before === 'see' || before === 'shows')
    return next?.kind === 'word' && next.letterCase === 'lower'
  return (
    (before === 'that' || before === 'said' || before === 'seems' || before === 'if' || before === 'whether') &&
    next?.kind === 'word' &&
    /[^s]s$|ed$|^(would|could|can|is|was|has|had)$/.test(next.folded)
  )
}

/** "He calls her May", "we call him Sunny". */
function isCalled(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]?.folded
  return (
    (before === 'her' || before === 'him' || before === 'them') &&
    /^(call|calls|called|calling|named|naming|name)$/.test(tokens[index - 2]?.folded ?? '')
  )
}

/** "voicemail for Summer", "text from April". */
function isFromSomebody(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]?.folded
  return (before === 'for' || before === 'from' || before === 'to') && messages.has(tokens[index - 2]?.folded ?? '')
}
const messages = new Set(
  'voicemail message messages msg vm text texts call calls letter email note card thanks thank reply replied missed proud waiting feedback present gift'.split(
    ' ',
  ),
)

/** Before a verb in -ing or -s that only somebody can do: "Mark offering the spoon". */
function isBusy({ tokens, lexicon }: Reading, index: number): boolean {
  const next = tokens[index + 1]
  return (
    next?.kind === 'word' &&
    next.letterCase === 'lower' &&
    next.folded.length > 5 &&
    next.folded.endsWith('ing') &&
    lexicon.sense(next.folded).isWord &&
    afterBusy.has(tokens[index + 2]?.folded ?? '') &&
    !notBusy.has(next.folded)
  )
}
const notBusy = new Set(
  'during according including regarding following morning evening being going coming training meeting painting drawing'.split(' '),
)

/** Of feelings and seasons, "was the word" and "is coming" say nothing. */
function isPersonState(tokens: readonly Token[], index: number, isAbstract: boolean): boolean {
  if (!isAbstract) return true
  let at = index + 2
  while (tokens[at]?.kind === 'word' && (tokens[at]!.folded === 'not' || fillers.has(tokens[at]!.folded))) at += 1
  if (tokens[at]?.folded === 'a' || tokens[at]?.folded === 'an')
    for (let ahead = at + 1; ahead < at + 4; ahead += 1) if (rolesBefore.has(tokens[ahead]?.folded ?? '')) return true
  if (tokens[at]?.folded === 'in')
    return ['year', 'reception', 'nursery', 'foster', 'hospital', 'bed', 'care', 'school'].includes(tokens[at + 1]?.folded ?? '')
  if (tokens[at]?.folded === 'on')
    return tokens[at + 1]?.folded === 'the' && ['phone', 'floor', 'sofa', 'mat', 'bus', 'toilet'].includes(tokens[at + 2]?.folded ?? '')
  // "Star is two", but not "Hope is two steps away".
  if (ages.has(tokens[at]?.folded ?? ''))
    return tokens[at + 1]?.kind !== 'word' || ['and', 'now', 'today', 'years', 'months'].includes(tokens[at + 1]!.folded)
  return !looseStates.has(tokens[at]?.folded ?? '')
}
const ages = wordSet('two three four five six seven eight nine ten')
const looseStates = new Set(
  'the a an in at with one two three seen shared placed born named called being coming going starting ending approaching getting growing building lost still now just always there here back late early away out not what my our their quiet gentle'.split(
    ' ',
  ),
)

/** In lower case: a family name after it, or a frame in which only somebody can stand. */
export function isUsedAsName({ tokens, lexicon }: Reading, index: number, context: Context): boolean {
  const token = tokens[index]!
  const next = tokens[index + 1]
  if (context.isAfterDeterminer && tokens[index - 1]?.folded !== 'that') return isCalled(tokens, index)
  if (next?.kind === 'word' && next.isApart) {
    const sense = lexicon.sense(next.folded)
    if (usualFamilies.has(next.folded) || (sense.isFamily && sense.given !== 2)) return true
  }
  if (calendarWords.has(token.folded) || token.folded === 'will') return false
  const before = tokens[index - 1]?.folded ?? ''
  const isEnd = next === undefined || next.kind !== 'word' || afterObject.has(next.folded)
  if (/^(saw|met|seen|visited|filmed)$/.test(before)) return next === undefined || /^(at|today|yesterday|this|twice|on|and)$/.test(next.folded)
  if (isFromSomebody(tokens, index) && isEnd && !abstractNames.has(token.folded)) return true
  if (context.isClauseStart && isDoing(tokens, index, true) && !/^(can't|cant|won't|wont)$/.test(next?.folded ?? ''))
    return !/^(wants|wanted|loves|thinks|knows)$/.test(next?.folded ?? '') || !abstractNames.has(token.folded)
  return false
}
const usualFamilies = new Set(
  'smith jones taylor brown williams wilson johnson davies patel robinson wright thompson evans walker white roberts green hall thomas clarke jackson wood harris edwards turner martin cooper hill ward hughes moore clark king harrison lewis baker lee allen morris khan scott watson davis parker james bennett phillips richardson cook carter collins bell bailey murphy miller cox shaw morgan mitchell ali singh hussain ahmed begum kaur shah akhtar'.split(
    ' ',
  ),
)

/** In lower case a name that is a word needs more: "will told us" but not "will said nothing would change". */
export function isSafeWordName({ tokens }: Reading, index: number, token: Token, sense: WordSense, context: Context): boolean {
  if (context.isOwningKin) return true
  const next = tokens[index + 1]
  if (token.folded === 'will' || token.folded === 'may')
    return (
      context.isActing &&
      next?.folded.endsWith('s') !== true &&
      next?.kind === 'word' &&
      !['put', 'set', 'read', 'hurt', 'come', 'hit', 'cant', "can't"].includes(next.folded)
    )
  if (context.isActing)
    return ![
      'needs',
      'looks',
      'comes',
      'goes',
      'sets',
      'started',
      'stopped',
      'kept',
      'made',
      'got',
      'went',
      'came',
      'left',
      'helped',
      'fell',
      'set',
      'put',
      'works',
      'worked',
    ].includes(next?.folded ?? '')
  const isObject = next === undefined || next.kind !== 'word' || afterObject.has(next.folded)
  if (context.isBesideRole && !abstractNames.has(token.folded)) return true
  if (sense.nameWord === 2 && context.isCalled) return isObject
  if (sense.nameWord === 2)
    return (
      context.isIntroduced &&
      ['called', 'named', 'cousin', 'sister', 'brother', 'auntie', 'aunty', 'uncle', 'nan'].includes(tokens[index - 1]!.folded) &&
      (next === undefined || next.kind !== 'word' || ['and', 'was', 'is', 'has', 'had', 'said'].includes(next.folded))
    )
  return isObject && (context.isMet || context.isIntroduced)
}

const afterObject = new Set('and today yesterday about at on again to who with in for this last twice that re after before but so from by'.split(' '))

const isNameAfter = (sense: WordSense): boolean =>
  !sense.isNobody && (sense.nameWord > 0 || sense.isFamily || sense.isFamilyWord || sense.given > 0 || !sense.isWord)
const isTime = (tokens: readonly Token[], index: number): boolean =>
  tokens[index - 1] !== undefined && timeWords.has(tokens[index - 1]!.folded) && tokens[index - 1]!.folded !== 'and'

/** "Lily and Daisy", "Grace, Mark": a name stands on the other side of "and" or a comma. */
export function isNextToName({ tokens, lexicon }: Reading, index: number): boolean {
  for (const [link, other] of [
    [tokens[index + 1], tokens[index + 2]],
    [tokens[index - 1], tokens[index - 2]],
  ] as const) {
    if (
      link === undefined ||
      other === undefined ||
      !(link.folded === 'and' || link.text === '&' || link.text === ',' || link.text === '/' || link.folded === 'or')
    )
      continue
    if (other.kind !== 'word' || other.letterCase !== 'title') continue
    const sense = lexicon.sense(other.folded)
    if (sense.isNobody || calendarWords.has(other.folded)) continue
    if (
      sense.given > 0 ||
      (link.folded === 'and' && !other.startsSentence && togetherVerbs.has(tokens[index + 3]?.folded ?? '') && other === tokens[index + 2]) ||
      (sense.nameWord > 0 && !other.startsSentence) ||
      (sense.nameWord > 0 && link.folded === 'and' && !tokens[index]!.startsSentence) ||
      (!sense.isWord && sense.shape > -0.4)
    )
      return true
  }
  return false
}

const abstractVerbs = new Set(
  'increased improved remained faded followed ended finished continued needed used based filled related required focused centred included marked dated aged united mixed given limited shared led'.split(
    ' ',
  ),
)

function isPastVerb({ tokens, lexicon }: Reading, index: number): boolean {
  const token = tokens[index]
  return (
    token?.kind === 'word' &&
    token.letterCase === 'lower' &&
    token.folded.endsWith('ed') &&
    token.folded.length > 4 &&
    lexicon.sense(token.folded).isWord &&
    !abstractVerbs.has(token.folded)
  )
}
