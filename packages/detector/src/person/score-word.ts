// How likely one word is somebody's name, from the lists, its letters and the words around it.
import type { Reading } from '../detectors/detector.ts'
import { isKnownAbbreviation } from '../lexicon/abbreviations.ts'
import type { WordSense } from '../lexicon/lexicon.ts'
import { slipOf } from '../lexicon/usual-words.ts'
import { wordSet } from '../lexicon/word-set.ts'
import type { Token } from '../tokens/token.ts'
import { isInNameFrame } from './in-name-frame.ts'
import { hasOrIsAsPeople, isAged, togetherVerbs } from './name-doing.ts'
import { readContext, type Context } from './person-context.ts'
import {
  bareVerbs,
  bodies,
  calendarWords,
  deeds,
  humanVerbs,
  labelWords,
  ownedWords,
  personVerbs,
  rolesBefore,
  timeWords,
  titleHeads,
} from './person-words.ts'
import { isInitialsWithParticle, scoreInitial, scoreInitials, usedLikeInitials } from './score-initials.ts'
import { nobody, type Score } from './score.ts'
import { isNextToName, isSafeWordName, isUsedAsName, scoreWordName } from './score-word-name.ts'

/** 0 when the word is nobody's name. */
export function scoreWord(reading: Reading, index: number): Score {
  const token = reading.tokens[index]!
  if (reading.serviceWords.has(token.folded)) return nobody
  const sense = reading.lexicon.sense(token.folded)
  const isTitle = token.letterCase === 'title' || token.letterCase === 'mixed'
  if (token.text.length === 1) return scoreInitial(reading, index)
  if (!token.isShouted && token.letterCase !== 'lower' && isInitialsWithParticle(token.text)) return usedLikeInitials
  if (isTitle && !token.isShouted) return scoreCapital(reading, index, token, sense)
  if (token.letterCase === 'upper' && !token.isShouted) return scoreUpper(reading, index, token, sense)
  return scoreLower(reading, index, token, sense)
}

/** Capitalised as names are. */
function scoreCapital(reading: Reading, index: number, token: Token, sense: WordSense): Score {
  const { tokens } = reading
  const next = tokens[index + 1]
  const owner = scoreOwner(reading, index, token)
  if (owner.confidence > 0) return owner
  if (token.letterCase === 'mixed' && !isMixedName(token.text)) return nobody
  if (sense.isNobody) return nobody
  const before = tokens[index - 1]
  if (before?.text === '-' && !token.isApart && !before.isApart && tokens[index - 2]?.kind === 'word' && sense.given !== 2) return nobody
  if (token.startsSentence && next?.kind === 'word' && ordersAtStart.get(token.folded)?.has(next.folded) === true) return nobody
  if (isThingAtHead(tokens, index, token)) return nobody
  if (sense.given === 2) {
    if (sense.isTown && isPlaced(tokens, index)) return nobody
    if ((before?.folded === 'the' || before?.folded === 'a') && next?.kind === 'word' && next.letterCase === 'lower' && things.has(next.folded))
      return nobody
    return { confidence: 0.95, because: 'a given name' }
  }
  if (next?.kind === 'word' && next.letterCase === 'title' && titleHeads.has(next.folded) && sense.given === 0) return nobody
  if (sense.nameWord > 0) return scoreWordName(reading, index, token, sense)
  if (sense.isTown)
    return sense.given > 0 && !isPlaced(tokens, index)
      ? { confidence: 0.7, because: 'a given name that is a town too' }
      : isClear(readContext(reading, index))
        ? { confidence: 0.6, because: 'a town that acts like a person' }
        : nobody
  if (sense.isWord) return scorePlainWord(reading, index, token, sense)
  if (token.startsSentence && slipOf(token.folded) === 'swapped') return nobody
  if (sense.given === 1) return { confidence: 0.88, because: 'a rare given name' }
  if (sense.isFamily) return { confidence: 0.86, because: 'a family name' }
  return scoreUnknown(reading, index, token, sense)
}

/** Capitalised, in no list at all. */
function scoreUnknown(reading: Reading, index: number, token: Token, sense: WordSense): Score {
  const { tokens } = reading
  const next = tokens[index + 1]
  const context = readContext(reading, index)
  const isWithFriends = isClear(context) || context.isIntroduced || context.isMet || context.isLinked
  if (tokens[index - 1]?.text === '#' || isHalfOfWord(reading, index)) return nobody
  const isLong = token.text.length > 6
  const found = token.startsSentence || next?.kind === 'number' || isLong ? slipOf(token.folded) : undefined
  const slip = found === 'other' && isLong && !token.startsSentence && next?.kind !== 'number' ? undefined : found
  if (slip === 'swapped' || (slip === 'other' && !context.isOwningKin && !context.isActing)) return nobody
  if (!isWithFriends && (isPlaced(tokens, index) || (token.startsSentence && sense.shape < -0.55) || sense.shape < -0.9)) return nobody
  if (isWithFriends && sense.shape < -1.1 && !context.isIntroduced) return nobody
  return { confidence: isWithFriends ? 0.85 : 0.7, because: 'a capital on a word that is in no word list' }
}

/** "Gro-Clock", "Wi-Fi", "Spider-Man": an unknown half on a word. */
function isHalfOfWord({ tokens, lexicon }: Reading, index: number): boolean {
  const next = tokens[index + 1]
  if (next?.text !== '-' || next.isApart || tokens[index + 2]?.kind !== 'word' || tokens[index + 2]!.isApart) return false
  const half = lexicon.sense(tokens[index + 2]!.folded)
  const isName = half.given > 0 || half.nameWord > 0 || half.isFamily || half.isFamilyWord
  return !isName && (half.isWord || tokens[index]!.text.length < 3)
}

/** Capitalised, an English word, and in no list of names: only a clear frame makes it a name ("her cousin Storm", "Marvellous cried"). */
function scorePlainWord(reading: Reading, index: number, token: Token, sense: WordSense): Score {
  const { tokens } = reading
  const next = tokens[index + 1]
  const isInTitle = next?.kind === 'word' && next.letterCase === 'title'
  if (sense.isFamilyWord && !token.startsSentence && isNextToName(reading, index))
    return { confidence: 0.6, because: 'a family name that is a word, beside another name' }
  if (isInTitle || rolesBefore.has(token.folded) || ownedWords.has(token.folded) || bodies.has(token.folded)) return nobody
  const context = readContext(reading, index)
  if (context.isAfterDeterminer) return nobody
  if (next?.text === ',' && isAged(tokens, index) && tokens[index + 4]?.letterCase === 'lower' && !labelWords.has(token.folded))
    return { confidence: 0.55, because: 'a word with an age' }
  if (!calendarWords.has(token.folded) && !isWhen(token.folded) && (hasOrIsAsPeople(tokens, index) || isPlayingWithName(reading, index)))
    return { confidence: 0.5, because: 'a word that has, is or does what people do' }
  const isDoing =
    next?.kind === 'word' && deeds.has(next.folded) && !token.folded.endsWith('ly') && !(token.folded.endsWith('s') && !token.folded.endsWith('ss'))
  if (token.startsSentence) return isDoing ? { confidence: 0.5, because: 'a word that does what people do' } : nobody
  if (tokens[index - 1]?.letterCase === 'title') return nobody
  if (context.isIntroduced && tokens[index - 1]!.letterCase === 'lower') return { confidence: 0.7, because: 'a capital after a word for a person' }
  if (isDoing) return { confidence: 0.6, because: 'a capital on a word that does what people do' }
  if (context.isCalled) return { confidence: 0.55, because: 'a capital after a verb that needs a person' }
  if (sense.isFamilyWord && (context.isMet || context.isActing)) return { confidence: 0.6, because: 'a family name that is a word' }
  return nobody
}

const isWhen = (word: string): boolean =>
  timeWords.has(word) || ['today', 'tomorrow', 'yesterday', 'who', 'patient', 'everyone', 'now'].includes(word)

/** "Endurance and Prosper shared a plate". */
function isPlayingWithName({ tokens, lexicon }: Reading, index: number): boolean {
  const other = tokens[index + 2]
  if (tokens[index + 1]?.folded !== 'and' || other?.kind !== 'word' || other.letterCase !== 'title') return false
  const sense = lexicon.sense(other.folded)
  return (sense.given > 0 || sense.nameWord > 0) && togetherVerbs.has(tokens[index + 3]?.folded ?? '')
}

/** Without capitals, or in a text that is all capitals. */
function scoreLower(reading: Reading, index: number, token: Token, sense: WordSense): Score {
  const owner = scoreOwner(reading, index, token)
  if (owner.confidence > 0) return owner
  if (token.text.length === 2 && isShortInPair(reading, index, sense)) return { confidence: 0.6, because: 'a short name beside another name' }
  if (sense.isNobody || token.text.length < 3)
    return sense.given === 2 && !sense.isNobody && isClear(readContext(reading, index)) ? { confidence: 0.6, because: 'a given name' } : nobody
  const context = readContext(reading, index)
  if (isOtherWord(reading.tokens, index, token.folded)) return nobody
  if (plants.has(token.folded) && (context.isAfterDeterminer || reading.tokens[index - 1]?.folded === 'of')) return nobody
  if (sense.given === 2 && !(sense.isSector && !isClear(context)))
    return sense.isTown && isPlaced(reading.tokens, index) ? nobody : { confidence: 0.8, because: 'a given name without its capital' }
  const isFramed =
    context.isBesideRole ||
    context.isCalled ||
    context.isOwningKin ||
    context.isIntroduced ||
    context.isMet ||
    (context.isActing && context.isClauseStart)
  if (sense.nameWord > 0 && (isUsedAsName(reading, index, context) || isInNameFrame(reading, index, context)))
    return { confidence: 0.55, because: 'a name that is a word, used like a name' }
  if (sense.nameWord > 0)
    return isFramed && !context.isAfterDeterminer && isSafeWordName(reading, index, token, sense, context)
      ? { confidence: 0.6, because: 'a name that is a word, used like a name' }
      : nobody
  if (sense.isWord || sense.isTown) return nobody
  const isLoose = context.isLinked || context.isOwning || context.isActing || context.isDescribed
  const isFree = !context.isAfterDeterminer || context.isIntroduced
  const slip = slipOf(token.folded)
  if (
    slip === 'swapped' ||
    (slip === 'other' &&
      sense.given === 0 &&
      !sense.isFamily &&
      (!isFramed || (token.text.length > 6 && !context.isOwningKin && !context.isIntroduced)))
  )
    return nobody
  if (sense.given === 1 || sense.isFamily) {
    if (isFramed || isLoose) return { confidence: 0.7, because: 'a name without its capital' }
    return isFree && token.text.length > 3 ? { confidence: 0.5, because: 'a name without its capital' } : nobody
  }
  if (!isFree) return nobody
  if (isFramed && sense.shape > (token.text.length > 3 ? -0.35 : 0.2)) return { confidence: 0.55, because: 'an unknown word used like a name' }
  if (isLoose && sense.shape > 0 && token.text.length > 3) return { confidence: 0.5, because: 'an unknown word with the letters of a name' }
  // No word list holds it and its letters are a name's: misspelt words mostly keep the letters of words.
  return sense.shape > 0.2 && token.text.length > 3 ? { confidence: 0.46, because: 'an unknown word with the letters of a name' } : nobody
}

/** "yan and bo shared the grapes", "li and bo took turns": two letters count beside another name, when the two of them do something. */
function isShortInPair({ tokens, lexicon }: Reading, index: number, sense: WordSense): boolean {
  if (sense.given === 0 && sense.nameWord === 0 && !shortNames.has(tokens[index]!.folded)) return false
  const isLink = (token: Token | undefined): boolean => token?.folded === 'and' || token?.text === '&'
  const isName = (token: Token | undefined): boolean => {
    if (token?.kind !== 'word' || token.text.length < 2) return false
    const other = lexicon.sense(token.folded)
    return shortNames.has(token.folded) || other.given > 0 || (other.nameWord > 0 && token.text.length < 4)
  }
  const isDoing = (token: Token | undefined): boolean =>
    token?.kind === 'word' && (personVerbs.has(token.folded) || humanVerbs.has(token.folded) || together.has(token.folded))
  if (isLink(tokens[index + 1]) && isName(tokens[index + 2]) && isDoing(tokens[index + 3])) return true
  return isLink(tokens[index - 1]) && isName(tokens[index - 2]) && isDoing(tokens[index + 1])
}
const shortNames = wordSet('li yu wu xu bo jo mo ye hu vi lu an')
const together = wordSet('built both are were share play are sit sat ate lay')

/** Capitals throughout, in a sentence that is not: an acronym, initials, or a name somebody stressed. */
function scoreUpper(reading: Reading, index: number, token: Token, sense: WordSense): Score {
  if (token.text.length <= 3) {
    const initials = scoreInitials(reading, index, sense)
    if (initials.confidence > 0) return initials
  }
  if (sense.isNobody || sense.isSector || isKnownAbbreviation(token.folded)) return nobody
  const context = readContext(reading, index)
  if (token.text.length <= 3)
    return sense.given === 2 && token.text.length === 3 && (context.isActing || context.isMet || context.isIntroduced)
      ? { confidence: 0.6, because: 'a given name in capitals' }
      : nobody
  if (sense.given === 2) return { confidence: 0.8, because: 'a given name in capitals' }
  if (sense.nameWord > 0 && (context.isActing || context.isMet || context.isIntroduced)) return { confidence: 0.6, because: 'a name in capitals' }
  if (!sense.isWord && (sense.given === 1 || sense.isFamily || (token.text.length >= 6 && sense.shape > 0)))
    return { confidence: 0.55, because: 'a likely name in capitals' }
  return nobody
}

/** "nikkis mum", "Graces dad": the name lost its apostrophe. */
function scoreOwner({ tokens, lexicon }: Reading, index: number, token: Token): Score {
  const next = tokens[index + 1]
  if (!token.folded.endsWith('s') || token.text.length < 4 || next?.kind !== 'word') return nobody
  const whole = lexicon.sense(token.folded)
  if (whole.isNobody || whole.given === 2) return nobody
  const stem = lexicon.sense(token.folded.slice(0, -1))
  if (stem.isNobody) return nobody
  if (!ownedWords.has(next.folded))
    return stem.given === 2 && !whole.isWord && token.text.length > 4 && slipOf(token.folded) === undefined
      ? { confidence: 0.6, because: 'a name with an s' }
      : nobody
  const isKin = rolesBefore.has(next.folded)
  if (stem.given === 2) return { confidence: 0.82, because: 'a name before what is theirs' }
  if (isKin && stem.nameWord > 0) return { confidence: 0.7, because: 'a name that is a word, before its family' }
  if (isKin && !whole.isWord && !stem.isWord && stem.shape > -0.6) return { confidence: 0.7, because: "an unknown word before somebody's family" }
  return nobody
}

/** "Bob up and down": at the head of a sentence these are verbs. Elsewhere ("picked Bob up") they are somebody. */
const ordersAtStart: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['bob', wordSet('up down along about under')],
  ['josh', wordSet('about around')],
  ['jack', wordSet('up')],
  ['peter', wordSet('out')],
])

/** At the head of a sentence, with what follows things and not people: "Heather, gorse and mud", "Olive got spat out", "June works for everyone". */
function isThingAtHead(tokens: readonly Token[], index: number, token: Token): boolean {
  if (!token.startsSentence) return false
  const word = token.folded
  const [next, second, third] = [tokens[index + 1], tokens[index + 2], tokens[index + 3]]
  const isLower = second?.kind === 'word' && second.letterCase === 'lower'
  if (word === 'wil') return next?.kind === 'word' && next.letterCase === 'lower' && (plainVerbs.has(next.folded) || bareVerbs.has(next.folded))
  if (word === 'bonnie' || word === 'bonny') return next?.kind === 'word' && bonnyThings.has(next.folded)
  if (calendarWords.has(word) && (next?.folded === 'works' || next?.folded === 'suits'))
    return second === undefined || second.kind !== 'word' || fitting.has(second.folded)
  if (prizes.has(word) && (next?.folded === 'in' || next?.folded === 'at' || next?.folded === 'of'))
    return second?.folded === 'every' || second?.folded === 'last' || second?.folded === 'all'
  if (foods.has(word) && next?.folded === 'got') return second?.kind === 'word' && (/(?:ed|en)$/.test(second.folded) || eaten.has(second.folded))
  if (!growing.has(word)) return false
  if (next?.text === ',' || next?.folded === 'and') return isLower && natural.has(second.folded)
  return (next?.folded === 'on' || next?.folded === 'by' || next?.folded === 'in') && second?.folded === 'the' && outdoors.has(third?.folded ?? '')
}
const plainVerbs = wordSet('be bring send ring call email check find book write edit film let put keep need give')
const bonnyThings = wordSet('wee day moment lad lass baby babe bairn big smile night')
const fitting = wordSet('for best better well fine')
const prizes = wordSet('victor winner star hero champion joy hope art')
const foods = wordSet('olive cherry ginger pepper honey candy basil')
const eaten = wordSet('spat spilt spit put left hidden stuck everywhere')
const growing = wordSet(
  'heather rosemary olive ivy fern daisy poppy rose lily holly jasmine clover basil sage lavender hazel willow rowan ash laurel cherry oak',
)
const natural = wordSet(
  'gorse mud thyme mint clover grass bramble brambles nettles bracken moss leaves twigs sticks stones fern ivy daisies soil petals feathers',
)
const grownThings = wordSet('tea rice oil berries berry tree trees bush leaves petals flowers blossom twigs jam')
const outdoors = wordSet('moor hill garden pot gate wall path fence hedge')

/** Names in the lists that are things as well: with an article and no capital they are the thing. */
const plants = wordSet(
  'jasmine heather rosemary lily dolly polly willy jenny bobby barney paddy toby savannah veronica marguerite clarence bernard clementine',
)

/** Names that are a slip of the pen or a word of a dialect, by what stands before or after: "at the ned", "is okey with it", "a bonnie wee sleep". */
function isOtherWord(tokens: readonly Token[], index: number, word: string): boolean {
  const [before, next] = [tokens[index - 1]?.folded ?? '', tokens[index + 1]?.folded ?? '']
  if (word === 'ned') return ['the', 'teh', 'a'].includes(before)
  if (word === 'okey') return toBe.has(before) || ['with', 'to', 'for', 'dokey', 'but', 'if', 'about'].includes(next)
  if (word === 'bonnie' || word === 'bonny') return (before === 'a' || before === 'the' || before === 'such') && tokens[index + 1]?.kind === 'word'
  if (growing.has(word) && next === 'and') return natural.has(tokens[index + 2]?.folded ?? '')
  if (growing.has(word) && (grownThings.has(next) || (next === 'on' && outdoors.has(tokens[index + 3]?.folded ?? '')))) return true
  if (word === 'wil') return (plainVerbs.has(next) || bareVerbs.has(next)) && before !== 'and'
  return false
}
const toBe = wordSet("is are was were be it's its all very feels seems seemed ok not that's")

/** After "the" and before one of these, a name is a make or a character: "the Henry hoover", "a Barbie doll". */
const things = wordSet(
  'train trains track playset hoover vacuum doll dolls toy toys costume costumes puppet cartoon cartoons figure figures duvet plates pyjamas plaster plasters song songs dress hat mask blanket bag lunchbox rucksack mug sticker stickers dvd theme tune programme episode episodes app toothbrush slippers wellies cake balloon puzzle magazine annual book books film films soap bot robot speaker bear teddy ride',
)

const isClear = (context: Context): boolean => context.isActing || context.isOwningKin || context.isDescribed

/** "in", "near" and the like right before it. */
function isPlaced(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]?.folded ?? ''
  return before === 'in' || before === 'near' || before === 'around' || before === 'outside' || before === 'at'
}

/** McKay, O'Neill, DeShawn, MacLeod, LaToya: a second capital that names have. */
function isMixedName(text: string): boolean {
  return (
    /^(Mc|Mac|O['’]|D['’]|De|La|Le|Da|Di|Du|St|Fitz|Van|Al|El|Ab|Ap)\p{Lu}\p{Ll}+$/u.test(text) || /^\p{Lu}\p{Ll}*['’]\p{Lu}?\p{Ll}+$/u.test(text)
  )
}
