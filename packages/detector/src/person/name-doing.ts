// What a name that is a word does, has or is, as only somebody can: "Favour, 3, lines up", "Ivy cut the hedge", "May has reflux".
import { wordSet } from '../lexicon/word-set.ts'
import type { Token } from '../tokens/token.ts'
import { bareVerbs, deeds, fillers, humanVerbs, personVerbs, rolesBefore } from './person-words.ts'

/** "Favour, 3, lines up the cars", "Rose (4)". */
export function isAged(tokens: readonly Token[], index: number): boolean {
  const [mark, age, end] = [tokens[index + 1], tokens[index + 2], tokens[index + 3]]
  if (age?.kind !== 'number' || age.text.length > 2) return false
  return (mark?.text === ',' && end?.text === ',') || (mark?.text === '(' && end?.text === ')')
}

/** "Sunday drops the girls at school": what a day does to nobody. */
export function isCaring(tokens: readonly Token[], index: number): boolean {
  const [verb, object, then] = [tokens[index + 1], tokens[index + 2], tokens[index + 3]]
  if (verb?.kind !== 'word' || !caring.has(verb.folded)) return false
  return (
    object !== undefined &&
    (['him', 'her', 'them'].includes(object.folded) ||
      rolesBefore.has(object.folded) ||
      kids.has(object.folded) ||
      kids.has(then?.folded ?? '') ||
      rolesBefore.has(then?.folded ?? ''))
  )
}
const caring = wordSet(
  'drops dropped collects collected picks picked feeds fed holds held hugs hugged kisses kissed bathes bathed dresses dressed carries carried fetches fetched minds minded reads rang rings phones phoned texts texted asks asked tells told',
)
const kids = wordSet('kids girls boys children twins baby babies little wee lads')

/** "Ivy cut the hedge", "Faith keeps the book": a verb of hands and eyes, with something to do it to. */
export function isHandling(tokens: readonly Token[], index: number, isAbstract: boolean, isCalendar: boolean): boolean {
  const [verb, object] = [tokens[index + 1], tokens[index + 2]]
  if (isCalendar || verb?.kind !== 'word' || verb.letterCase !== 'lower' || object === undefined) return false
  if (minds.has(verb.folded)) return true
  if (isAbstract ? !plainDeeds.has(verb.folded) : !humanVerbs.has(verb.folded)) return false
  return (
    objects.has(object.folded) ||
    (verb.folded !== 'keeps' && object.kind !== 'word') ||
    (!isAbstract && object.kind === 'word' && object.folded.endsWith('ing'))
  )
}
const minds = wordSet(
  'hopes hoped wonders wondered prefers preferred misses missed remembers believes pretends insists insisted giggles grins yawns nods waves hums hummed whispers begged begs sniffed sniffs blew beamed beams glowed snored burped hiccupped sneezed wriggled wiggled tickled hopped skipped whistled clung',
)
const plainDeeds = wordSet(
  'lets keeps cut cuts hid hides waits waited hugs waves claps paints painted feeds fed tidies stacked stacks rolled washes washed dressed pretends',
)
const objects = wordSet('the a an his her him it them their my me us up out back away for how that mum dad mummy daddy nan gran and to with at')

/** "did not want", "has started", "no longer bites", "would keep". */
export function isDoing(tokens: readonly Token[], index: number, isAbstract: boolean): boolean {
  const next = tokens[index + 1]
  if (next?.kind !== 'word') return false
  let at = index + 2
  while (tokens[at]?.kind === 'word' && (tokens[at]!.folded === 'not' || fillers.has(tokens[at]!.folded))) at += 1
  const verb = tokens[at]
  if (deeds.has(next.folded)) return true
  if (next.folded === 'no' && tokens[index + 2]?.folded === 'longer') return true
  if (
    !isAbstract &&
    next.letterCase === 'lower' &&
    /[^s]s$/.test(next.folded) &&
    next.text.length > 3 &&
    next.folded !== 'this' &&
    afterBusy.has(tokens[index + 2]?.folded ?? '')
  )
    return true
  if (next.folded === 'did' || next.folded === 'does') return tokens[index + 2]?.folded === 'not'
  if (verb?.kind !== 'word') return false
  if ((next.folded === 'has' || next.folded === 'had') && (isAilment(tokens, at) || isBeginning(tokens, at))) return true
  if ((next.folded === 'would' || next.folded === 'will') && tokens[index + 2]?.folded === 'not' && willed.has(verb?.folded ?? '')) return true
  if (next.folded === 'has' || next.folded === 'had')
    return (personVerbs.has(verb.folded) && !grown.has(verb.folded)) || (!isAbstract && hadWords.has(verb.folded))
  if (next.folded === 'would' || next.folded === 'could' || next.folded === 'wanted') return !isAbstract || personVerbs.has(`${verb.folded}s`)
  return false
}
/** "Happy has reflux", "Love is her first daughter": nothing but somebody has or is that. */
export function hasOrIsAsPeople(tokens: readonly Token[], index: number): boolean {
  const verb = tokens[index + 1]?.folded
  if (verb === 'has' || verb === 'had') return tokens[index + 2] !== undefined && isAilment(tokens, index + 2)
  if ((verb !== 'is' && verb !== 'was') || !owners.has(tokens[index + 2]?.folded ?? '')) return false
  const at = rolesBefore.has(tokens[index + 3]?.folded ?? '') ? index + 3 : index + 4
  return rolesBefore.has(tokens[at]?.folded ?? '') && tokens[at + 1]?.kind !== 'possessive' && tokens[at + 1]?.kind !== 'word'
}
const owners = wordSet('her his my their our')

/** "has started to wait". */
const isBeginning = (tokens: readonly Token[], at: number): boolean =>
  begun.has(tokens[at]!.folded) && tokens[at + 1]?.folded === 'to' && bareVerbs.has(tokens[at + 2]?.folded ?? '')
const willed = wordSet('settle sleep eat nap feed talk share sit look smile listen wait try play let hold join come')
const begun = wordSet('started begun learnt learned')

/** "has reflux", "had a cold", "has the same teacher". */
function isAilment(tokens: readonly Token[], at: number): boolean {
  const [word, then, third] = [tokens[at]!.folded, tokens[at + 1]?.folded ?? '', tokens[at + 2]?.folded ?? '']
  if (ailments.has(word)) return true
  if (word === 'a' || word === 'an') return ailments.has(then) || (then === 'bad' && ailments.has(third))
  return word === 'the' && then === 'same' && (third === 'class' || rolesBefore.has(third) || third === 'nursery' || third === 'school')
}
const ailments = wordSet(
  'reflux eczema croup asthma chickenpox nits colic thrush cold cough fever temperature rash headache tummyache bug infection allergy autism tonsillitis stitches hiccups wind',
)
const grown = new Set([
  'come',
  'came',
  'gone',
  'left',
  'kept',
  'made',
  'begun',
  'started',
  'stopped',
  'returned',
  'helped',
  'lost',
  'moved',
  'appeared',
])
const hadWords = new Set(
  'been got a an his her no two three four new started stopped gone come left moved begun learnt learned done said seen told reflux eczema croup a chickenpox nits asked bitten fallen grown hit slept eaten'.split(
    ' ',
  ),
)

/** After a verb of the hands: whom or what it was done to. */
export const afterBusy = new Set('the a his her their mum dad up out away back to at with him them me it for'.split(' '))

/** What two people do with each other. */
export const togetherVerbs = wordSet(
  'took share shared sat played laughed giggled hid danced sang ate built fought argued cried slept both splashed cuddled swapped',
)
