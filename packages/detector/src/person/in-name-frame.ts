// A name that is a word, without its capital, in a place where English puts only somebody: "told grace the plan", "the baby, hope, turned".
// Each frame looks at a few words to either side; a feeling or a virtue has to stand in one that feelings cannot stand in.
import type { Reading } from '../detectors/detector.ts'
import { abstractNames } from '../lexicon/names-that-are-words.ts'
import { wordSet } from '../lexicon/word-set.ts'
import type { Token } from '../tokens/token.ts'
import type { Context } from './person-context.ts'
import { bodies, calendarWords, deeds, ownedWords, rolesBefore, titles } from './person-words.ts'

type Place = {
  /** The words before and after, the nearest first; marks count as themselves. */
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly context: Context
  readonly word: string
  readonly isAbstract: boolean
  /** Something one can have some of, or a word that describes: it stands without an article as names do. */
  readonly isStuff: boolean
}
type Frame = (place: Place) => boolean

const owners = wordSet('his her their my our')
const acts = wordSet(
  'reaching laughing crying smiling sitting crawling pointing playing holding looking offering waving sleeping eating dancing singing talking reading kicking clapping babbling giggling turning leaning watching copying feeding hiding running walking',
)
const states = wordSet(
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen upset tired hungry thirsty asleep awake teething pregnant clingy tearful chatty poorly unwell crawling walking shy adopted fostered',
)
const watching = wordSet('shows showed showing show see saw seen seeing watched watch watching noticed filmed filming')
const towards = wordSet('met spoke spoken talked supervision session visit meeting chat call')
const places = wordSet('work home school nursery hospital contact gran nan')
const referred = wordSet('seen invited referred discharged contacted allocated collected visited assessed rung phoned told asked')
const groups = wordSet('twins girls boys siblings sisters brothers children cousins')
const speech = wordSet('said asked whispered shouted cried laughed replied')
const toldWhat = wordSet('the a that about to not how why what her his my our it')
const leads = wordSet('time once arrival review film clip session visit afterwards seems')
const chores = wordSet('ring call phone text email book chase attend collect invite contact visit')

const fetching = wordSet(
  'bring brings bringing brought collect collects collecting collected fetch fetched invite invites invited remind reminded feed feeding fed hug hugged cuddle cuddled bath bathing bathe visit visited film filming filmed',
)
const afterPerson = wordSet('on at to home in along with back from and too today tomorrow this next again before after so but who')
const arriving = wordSet('came joined arrived visited rang phoned texted')
const moods = wordSet(
  'sick ill late early absent cross sad happy scared worried nervous anxious excited delighted pleased proud keen settled unsettled calm',
)
/** Of stories, toys and gardens: they come, ring and are sad there. */
const creatures = wordSet(
  'teddy bear fox lion tiger rocket sun bell wren star king queen prince princess wolf otter sparrow raven lark finch heron dove bunny birdie buddy dolly kitty duke rebel hero arrow angel major junior baron archer hunter piper baker sailor shadow jet boat bird rod spike chip dot pip',
)
const kin = wordSet(
  'aunt aunty auntie uncle nan nanny nana gran granny grandma grandad cousin sister brother niece nephew daughter son friend colleague partner boyfriend girlfriend wife husband neighbour stepmum stepdad',
)
const afterKin = wordSet('and was is were are has had said says who came comes will can wants asked rang phoned joined visited helped from on at')
const verbs = wordSet(
  'rose drew will may mark pat chase bill grant hope sue rob trace trust promise praise rocks don win spring march ring page reed art stone guy rich young long bright blue',
)
const letting = wordSet('let lets letting helped help helping watched')
const bareVerbs = wordSet(
  'go have hold do try play choose sleep eat take put open see finish come lead know sit stay win start get make turn walk crawl pick feed climb talk',
)
const handling = wordSet(
  'lets painted waits waited hid hides hugs keeps brought brings holds held paints draws hands handed shares shared reads feeds fed builds built stacks stacked pours poured chooses chose picks picked drew copies copied counts counted wipes wiped pushes pushed pulls pulled opens opened throws threw kicks kicked gives gave puts wears wore',
)
const waiting = wordSet('lets waited waits hid hides hugs painted brought handed poured wiped chose')
const handled = wordSet('him her his it the a an them their me my us out up with for hers back and to')
const stuff = wordSet(
  `honey ginger candy sage basil velvet silver amber jade heather holly ivy clay moss cash saffron lavender juniper clover coral ebony ivory crystal denim linden cedar maple ash rain sandy rich sunny rusty dusty stormy misty rocky merry royal noble lucky
  unique innocent blue teal indigo lilac spring summer autumn winter olive fern gold pepper haze wild blaze light chance cream sand bay dale heath gay sky fortune bright major junior bonny nova jazz kit rugby art music chess dance hazel cherry berry maple
  wood glen forest bud petal blossom cotton may mark will bill grant drew pat chase page page sonny young long van`,
)

const isMark = (word: string | undefined): boolean => word === undefined || /^[^\p{L}\p{N}]/u.test(word)

const frames: readonly Frame[] = [
  // The baby, hope, turned. Her worker, angel, is leaving.
  ({ before: [comma, role], after: [next] }) => comma === ',' && rolesBefore.has(role ?? '') && next === ',',
  // The twins, sky and robin, are very different.
  ({ before: [comma, role], after: [and, , end] }) => comma === ',' && groups.has(role ?? '') && and === 'and' && isMark(end),
  ({ before: [and, , comma, role], after: [next] }) => and === 'and' && comma === ',' && groups.has(role ?? '') && isMark(next),
  // Dr bell wrote to us.
  ({ before: [title, dot] }) => titles.has(title ?? '') || (title === '.' && titles.has(dot ?? '')),
  // Dear hope,
  ({ before: [dear, start], after: [next] }) => dear === 'dear' && isMark(start) && next === ',',
  // "…," said grace.
  ({ before: [said, mark], after: [next] }) => speech.has(said ?? '') && mark !== undefined && isMark(mark) && isMark(next),
  // Let may know.
  ({ before: [verb], after: [next] }) => verb === 'let' && next === 'know',
  // Told grace the plan.
  ({ before: [told], after: [next] }) => told === 'told' && toldWhat.has(next ?? ''),
  // Given to comfort, who cried.
  ({ after: [comma, who] }) => comma === ',' && who === 'who',
  // Both robin and his sister.
  ({ after: [and, owner, role] }) => and === 'and' && owners.has(owner ?? '') && rolesBefore.has(role ?? ''),
  // Could daisy be seen?
  ({ before: [could], after: [be, verb] }) => (could === 'could' || could === 'can' || could === 'should') && be === 'be' && referred.has(verb ?? ''),
  // So proud of ruby.
  ({ before: [of, proud], after: [next], isAbstract }) => of === 'of' && proud === 'proud' && !isAbstract && next !== 'the',
  // Clip shows poppy reaching for the cup. Best clip: jade offering the spoon.
  ({ before: [verb], after: [next] }) => (watching.has(verb ?? '') || verb === ':') && acts.has(next ?? ''),
  // Hazel is five. Jay was upset after contact.
  ({ context, after: [is, state] }) => context.isClauseStart && (is === 'is' || is === 'was') && states.has(state ?? ''),
  // … because ivy was at work.
  ({ context, after: [is, at, where] }) => context.isClauseStart && (is === 'is' || is === 'was') && at === 'at' && places.has(where ?? ''),
  // Met with holly and the school.
  ({ before: [link, verb], after: [next], isAbstract }) =>
    !isAbstract && (link === 'with' || link === 'to') && towards.has(verb ?? '') && (isMark(next) || next === 'and' || next === 'about'),
  // Gran wants lily to stay.
  ({ before: [wants], after: [to], isAbstract }) => !isAbstract && (wants === 'wants' || wants === 'wanted') && to === 'to',
  // Bill to call back.
  ({ before: [start], after: [to, verb], isAbstract }) => !isAbstract && isMark(start) && to === 'to' && chores.has(verb ?? ''),
  // Daisy's bedtime, hunter's cues.
  ({ after: [own, owned], isAbstract }) => !isAbstract && /^['’]s$/.test(own ?? '') && ownedWords.has(owned ?? ''),
  // Bring frank on friday: whatever is no stuff and has no article is somebody.
  ({ before: [fetch], after: [next], isAbstract, isStuff }) =>
    !isAbstract && !isStuff && fetching.has(fetch ?? '') && (isMark(next) || afterPerson.has(next ?? '')),
  // She let rose have a turn.
  ({ before: [verb], after: [bare], isAbstract, isStuff }) => !isAbstract && !isStuff && letting.has(verb ?? '') && bareVerbs.has(bare ?? ''),
  // …, and rose lets him; patience waited with him.
  ({ context, after: [verb, object], isAbstract, isStuff }) =>
    context.isClauseStart &&
    (isAbstract ? waiting.has(verb ?? '') : !isStuff && handling.has(verb ?? '')) &&
    (isMark(object) || handled.has(object ?? '')),
  // So jay came instead.
  ({ context, after: [verb], isAbstract, isStuff, word }) =>
    context.isClauseStart && !isAbstract && !isStuff && !creatures.has(word) && word !== 'robin' && arriving.has(verb ?? ''),
  // Robin was sick.
  ({ context, after: [is, state], isAbstract, isStuff, word }) =>
    context.isClauseStart && !isAbstract && !isStuff && !creatures.has(word) && (is === 'is' || is === 'was') && moods.has(state ?? ''),
  // Her nan ivy and aunt olive were there.
  ({ before: [role], after: [next], word }) => kin.has(role ?? '') && !verbs.has(word) && (isMark(next) || afterKin.has(next ?? '')),
  // Every time rose cried. Unfortunately ray refused.
  ({ before: [lead], after: [next] }) => (leads.has(lead ?? '') || (lead ?? '').endsWith('ly')) && deeds.has(next ?? ''),
]

const reach = 4

/** True when a name that is a word stands in lower case where only somebody can stand. */
export function isInNameFrame({ tokens }: Reading, index: number, context: Context): boolean {
  const word = tokens[index]!.folded
  const isPointedAt = context.isAfterDeterminer && tokens[index - 1]?.folded !== 'so'
  if (isPointedAt || bodies.has(word) || calendarWords.has(word) || word === 'will') return isGreeted(tokens, index)
  const place: Place = {
    word,
    before: wordsOf(tokens, index, -1),
    after: wordsOf(tokens, index, 1),
    context,
    isAbstract: abstractNames.has(word),
    isStuff: stuff.has(word),
  }
  return frames.some((frame) => frame(place))
}

/** "Dear may,": months and "will" are names only where they are spoken to. */
function isGreeted(tokens: readonly Token[], index: number): boolean {
  return tokens[index - 1]?.folded === 'dear' && tokens[index + 1]?.text === ','
}

function wordsOf(tokens: readonly Token[], index: number, step: 1 | -1): string[] {
  const words: string[] = []
  for (let at = index + step; words.length < reach && tokens[at] !== undefined; at += step) {
    const token = tokens[at]!
    words.push(token.kind === 'word' ? token.folded : token.text)
  }
  return words
}
