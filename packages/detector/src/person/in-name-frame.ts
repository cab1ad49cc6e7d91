// A name that is a word, without its capital, in a place where English puts only somebody: "told grace the plan", "the baby, hope, turned".
// Each frame looks at a few words to either side; a feeling or a virtue has to stand in one that feelings cannot stand in.
import type { Reading } from '../detectors/detector.ts'
import type { WordSense } from '../lexicon/lexicon.ts'
import { abstractNames } from '../lexicon/names-that-are-words.ts'
import { wordSet } from '../lexicon/word-set.ts'
import type { Token } from '../tokens/token.ts'
import type { Context } from './person-context.ts'
import { bareVerbs, bodies, calendarWords, deeds, doings, ownedWords, rolesBefore, titles } from './person-words.ts'

type Place = {
  /** The words before and after, the nearest first; marks count as themselves. */
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly context: Context
  readonly word: string
  readonly isAbstract: boolean
  /** Something one can have some of, or a word that describes: it stands without an article as names do. */
  readonly isStuff: boolean
  readonly isName: (word: string) => boolean
  /** A given name that is no word. */
  readonly isSureName: (word: string) => boolean
}
type Frame = (place: Place) => boolean

const owners = wordSet('his her their my our')
const states = wordSet(
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen upset tired hungry thirsty asleep awake teething pregnant clingy tearful chatty poorly unwell cross grumpy sulky sleepy shattered knackered giggly crawling walking shy adopted fostered',
)
const watching = wordSet('shows showed showing show see saw seen seeing watched watch watching noticed filmed filming caught heard')
const towards = wordSet('met spoke spoken talked supervision session visit meeting chat call')
const places = wordSet('work home school nursery hospital contact gran nan')
const referred = wordSet('seen invited referred discharged contacted allocated collected visited assessed rung phoned told asked')
const groups = wordSet('twins girls boys siblings sisters brothers children cousins friends')
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
  'aunt aunty auntie uncle nan nanny nana gran granny grandma grandad cousin sister brother niece nephew daughter son friend colleague partner boyfriend girlfriend wife husband neighbour stepmum stepdad grandson granddaughter stepson stepdaughter twin',
)
const afterKin = wordSet('and was is were are has had said says who came comes will can wants asked rang phoned joined visited helped from on at')
const verbs = wordSet(
  'rose drew will may mark pat chase bill grant hope sue rob trace trust promise praise rocks don win spring march ring page reed art stone guy rich young long bright blue',
)
const letting = wordSet('let lets letting helped help helping watched')
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
  ({ before: [verb], after: [next] }) => (watching.has(verb ?? '') || verb === ':') && doings.has(next ?? ''),
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
  // When pearl stops, ruby looks up.
  ({ context, after: [verb, then], isAbstract, isStuff, word }) =>
    context.isClauseStart &&
    !isAbstract &&
    !isStuff &&
    !creatures.has(word) &&
    seenDoing.has(verb ?? '') &&
    (isMark(then) || whither.has(then ?? '')),
  // Seen at home: jewel, mum, aunt.
  ({ before: [mark], after: [comma, role], isAbstract, isStuff, word }) =>
    !isAbstract && !isStuff && !creatures.has(word) && mark === ':' && comma === ',' && rolesBefore.has(role ?? ''),
  // Rob is back off the rigs.
  ({ context, after: [is, where], isAbstract, isStuff, word }) =>
    context.isClauseStart && !isAbstract && !isStuff && !creatures.has(word) && (is === 'is' || is === 'was') && whereabouts.has(where ?? ''),
  // Mark can do tuesdays.
  ({ context, after: [can, verb], isAbstract, isStuff, word }) =>
    context.isClauseStart && !isAbstract && (!isStuff || word === 'mark') && !creatures.has(word) && able.has(can ?? '') && managing.has(verb ?? ''),
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

const seeing = wordSet('seeing watching hearing filming saw watched heard watch see hear letting helping filmed noticed')
const notMoving = wordSet('come go get make open start see')
const asking = wordSet('ask asks asked asking tell tells telling remind')
const askedWhat = wordSet('if whether why how about')
const small = wordSet('baby little wee')
const afterSmall = wordSet('on at for today both is was are too')
const meeting = wordSet('saw met visited filmed with see visit meet rang')
const signing = wordSet(
  'smelled tasted stroked tickled kissed hugged squeezed munched grabbed zipped tidied packed tore wore signed wrote wiped fetched baked cleaned drove paid',
)
const signed = wordSet('the a his her my our it them him some')
const fits = wordSet('nap sleep feed cry cuddle bath bottle snack tantrum wobble turn temperature strop meltdown wash')
const sizes = wordSet('wee little good big long quick bonnie')
const fullOf = wordSet('joy beans energy giggles smiles hope mischief pride cold questions')
const wide = wordSet('sky lane glen forest heath ocean page heaven art sunday dale bay star')
const been = wordSet('been gone')
const beenWhere = wordSet('at to in on up with off out home')
const afterOwnedKin = wordSet('can is was has had could who and')
const towardsThem = wordSet('cross angry gentle patient shy annoyed pleased')
const stages = wordSet('nursery school reception walking crawling solids')
const takeAlong = wordSet('took takes brought fed dressed collected drove walked dropped picked filmed')
const along = wordSet('to out home up in today')
const larder = wordSet('honey ginger sage basil candy olive pepper cherry clay cash moss ivy')
const outside = wordSet('rain sun sky star river storm rainbow spring lane page art van jet')
const done = wordSet('the a an his her him them mum dad it')
const himself = wordSet('himself herself')

const ofBabies = wordSet('poorly teething asleep tearful clingy crawling chatty giggly pregnant grumpy tired hungry')
const thinking = wordSet('thinks reckons says feels knows noticed noticing hopes')
const sensing = wordSet('hears sees needs likes wants knows hates loves sleeps eats bites smiles laughs understands misses prefers')
const taking = wordSet('collects collected minds minded feeds fed dresses dressed bathes bathed hugs hugged')
const kinOf = wordSet('nan nana nanny gran granny grandma grandad mum mam mummy dad daddy aunt aunty auntie uncle sister brother cousin carer')
const touching = wordSet('strokes stroked kisses kissed hugs hugged tickles tickled wipes wiped feeds fed rocks rocked bites bit hands handed')
const willing = wordSet('will would did does')
const unwilling = wordSet("won't wont wouldn't wouldnt doesn't doesnt didn't didnt")
const settling = wordSet('settle sleep eat nap feed talk share sit look smile listen join nurse latch crawl walk cuddle')
const notes = wordSet('msg message voicemail vm note text')
const tempers = wordSet('mood strop huff sulk state')
const moodKinds = wordSet('good bad foul great funny lovely terrible better right real grand')
const isAnd = (word: string | undefined): boolean => word === 'and' || word === '&'
const isParting = (verb: string | undefined, then: string | undefined): boolean =>
  ((verb === 'are' || verb === 'were') && groups.has(then ?? '')) ||
  verb === 'separated' ||
  verb === 'divorced' ||
  verb === 'argued' ||
  verb === 'cuddled' ||
  verb === 'giggled' ||
  (verb === 'split' && then === 'up') ||
  (verb === 'fell' && then === 'out') ||
  (verb === 'broke' && then === 'up') ||
  (verb === 'took' && then === 'turns') ||
  (verb === 'moved' && then === 'in') ||
  (verb === 'got' && then === 'married')
const seenDoing = wordSet(
  'looks stops waits points smiles reaches turns laughs copies claps cries looked waited pointed smiled reached laughed copied clapped cried giggles giggled',
)
const whither = wordSet('up at over away down back to for out when and her his')
const whereabouts = wordSet('back home late here away upstairs downstairs unwell')
const managing = wordSet('do make come try ring call text bring attend manage collect join swap speak talk')
const able = wordSet("can can't cant could couldn't couldnt might should would")

/** True of months and of words that are verbs as well: only a place where grammar wants somebody counts. */
const strictFrames: readonly Frame[] = [
  // Joy watching miles crawl to her; loved seeing grace stack the cups.
  ({ before: [see], after: [move] }) => seeing.has(see ?? '') && bareVerbs.has(move ?? '') && !notMoving.has(move ?? ''),
  // Ask may if she can come.
  ({ before: [ask], after: [what] }) => asking.has(ask ?? '') && askedWhat.has(what ?? ''),
  // Her daughter rose can be in the film; my son chase has the same cup.
  ({ before: [role, owner], after: [next, then] }) =>
    kin.has(role ?? '') && owners.has(owner ?? '') && afterOwnedKin.has(next ?? '') && (next !== 'and' || owners.has(then ?? '')),
  // Saw april and baby sky on tuesday.
  ({ before: [role, and, other], after: [next], isName }) =>
    small.has(role ?? '') && and === 'and' && isName(other ?? '') && (isMark(next) || afterSmall.has(next ?? '')),
  ({ before: [meet], after: [and, role, other, next], isName }) =>
    meeting.has(meet ?? '') && and === 'and' && small.has(role ?? '') && isName(other ?? '') && (isMark(next) || afterSmall.has(next ?? '')),
  // Grant filled in the grant form; jade wore the jade dress.
  ({ context, after: [verb, object, thing] }) =>
    (context.isClauseStart || context.isLinked) &&
    ((signing.has(verb ?? '') && signed.has(object ?? '')) ||
      (verb === 'filled' && (object === 'in' || object === 'out') && signed.has(thing ?? ''))),
  // Patience was cross with mercy.
  ({ before: [link, felt], after: [next] }) => link === 'with' && towardsThem.has(felt ?? '') && (isMark(next) || next === 'and' || next === 'for'),
  // Pearl put on her beads.
  ({ context, after: [put, on, owner] }) =>
    context.isClauseStart && (put === 'put' || put === 'took' || put === 'pulled') && (on === 'on' || on === 'off') && owners.has(owner ?? ''),
  // Can dawn do thursday instead?
  ({ before: [can, start], after: [verb] }) => (can === 'can' || can === 'could') && isMark(start) && managing.has(verb ?? ''),
  // School say autumn was poorly.
  ({ context, after: [is, state] }) => context.isClauseStart && (is === 'is' || is === 'was') && ofBabies.has(state ?? ''),
  // Mum thinks angel hears better on the left.
  ({ before: [thinks], after: [verb] }) => thinking.has(thinks ?? '') && sensing.has(verb ?? ''),
  // Nan collects sky on mondays.
  ({ before: [fetch, role], after: [on] }) =>
    taking.has(fetch ?? '') && kinOf.has(role ?? '') && (isMark(on) || on === 'on' || on === 'at' || on === 'from'),
  // The clip where hope strokes his cheek.
  ({ context, after: [verb, object] }) => context.isClauseStart && touching.has(verb ?? '') && done.has(object ?? ''),
  // Miracle will not settle for dad.
  ({ context, after: [will, not, verb], word }) =>
    context.isClauseStart &&
    ((willing.has(will ?? '') && not === 'not' && settling.has(verb ?? '')) || (unwilling.has(will ?? '') && settling.has(not ?? ''))) &&
    !outside.has(word),
  // Left msg for gift.
  ({ before: [to, note, left], after: [next] }) =>
    (to === 'for' || to === 'with') && notes.has(note ?? '') && (left === 'left' || left === 'sent') && isMark(next),
  // Hope was in a good mood.
  ({ context, after: [was, within, a, mood] }) =>
    (context.isClauseStart || context.isLinked) &&
    (was === 'was' || was === 'is') &&
    within === 'in' &&
    (tempers.has(a ?? '') || (a === 'a' && (tempers.has(mood ?? '') || moodKinds.has(mood ?? '')))),
  // Shell and gaz split up; prince & princess fell out.
  ({ after: [and, other, verb, then], isName }) => isAnd(and) && isName(other ?? '') && isParting(verb, then),
  ({ before: [and, other], after: [verb, then], isName }) => isAnd(and) && isName(other ?? '') && isParting(verb, then),
  // With ernest and comfort.
  ({ before: [and, other], after: [next], isSureName }) => isAnd(and) && isSureName(other ?? '') && isMark(next),
  ({ context, after: [and, other], isSureName }) => (context.isClauseStart || context.isLinked) && isAnd(and) && isSureName(other ?? ''),
  // River fell asleep on her.
  ({ context, after: [fell, asleep] }) => (context.isClauseStart || context.isLinked) && fell === 'fell' && asleep === 'asleep',
  // Dawn was up at dawn.
  ({ context, after: [was, up, at], word }) =>
    context.isClauseStart && was === 'was' && up === 'up' && (at === 'at' || at === 'all' || at === 'early' || at === 'late') && !outside.has(word),
  // Mum filmed mercy stirring the pot.
  ({ before: [see], after: [doing, object], word }) =>
    seeing.has(see ?? '') && /^.{3,}ing$/.test(doing ?? '') && done.has(object ?? '') && !outside.has(word),
  // Seen summer with her gran.
  ({ before: [met], after: [link, owner, role] }) =>
    (meeting.has(met ?? '') || met === 'seen') && link === 'with' && owners.has(owner ?? '') && rolesBefore.has(role ?? ''),
  // Baby star is teething.
  ({ before: [role], after: [is, state] }) => (role === 'baby' || role === 'wee') && (is === 'is' || is === 'was') && states.has(state ?? ''),
  // Our harmony started nursery.
  ({ before: [owner], after: [started, stage] }) => (owner === 'our' || isMark(owner)) && started === 'started' && stages.has(stage ?? ''),
  // Took jade and amber to the swings.
  ({ before: [take], after: [and, other, to], word, isName }) =>
    takeAlong.has(take ?? '') && and === 'and' && along.has(to ?? '') && isName(other ?? '') && !larder.has(word),
  ({ before: [and, other, take], after: [to], word, isName }) =>
    takeAlong.has(take ?? '') && and === 'and' && along.has(to ?? '') && isName(other ?? '') && !larder.has(word),
  // Champ called himself champ of the sofa.
  ({ context, after: [verb, self] }) => (context.isClauseStart || context.isLinked) && himself.has(self ?? '') && !isMark(verb),
  // … and dawn had a wee nap.
  ({ context, after: [had, a, size, fit] }) =>
    context.isClauseStart &&
    had === 'had' &&
    a === 'a' &&
    (fits.has(size ?? '') || (sizes.has(size ?? '') && (fits.has(fit ?? '') || sizes.has(fit ?? '')))),
  // Joy was full of joy.
  ({ context, after: [was, full, of, what], word }) =>
    context.isClauseStart &&
    (was === 'was' || was === 'is') &&
    full === 'full' &&
    of === 'of' &&
    fullOf.has(what ?? '') &&
    !wide.has(word) &&
    !calendarWords.has(word),
  // Came late, florin had been at the dentist.
  ({ context, after: [had, gone, where], isAbstract, isStuff, word }) =>
    context.isClauseStart &&
    !isAbstract &&
    !isStuff &&
    !creatures.has(word) &&
    (had === 'had' || had === 'has') &&
    been.has(gone ?? '') &&
    beenWhere.has(where ?? ''),
]

const reach = 4

/** True when a name that is a word stands in lower case where only somebody can stand. */
export function isInNameFrame({ tokens, lexicon }: Reading, index: number, context: Context): boolean {
  const word = tokens[index]!.folded
  const isPointedAt = context.isAfterDeterminer && tokens[index - 1]?.folded !== 'so'
  if (isPointedAt || bodies.has(word)) return isGreeted(tokens, index)
  const place: Place = {
    word,
    before: wordsOf(tokens, index, -1),
    after: wordsOf(tokens, index, 1),
    context,
    isAbstract: abstractNames.has(word),
    isStuff: stuff.has(word),
    isName: (other) => isNameLike(lexicon.sense(other)),
    isSureName: (other) => lexicon.sense(other).given === 2,
  }
  if (strictFrames.some((frame) => frame(place))) return true
  if (calendarWords.has(word) || word === 'will') return isGreeted(tokens, index)
  return frames.some((frame) => frame(place))
}

const isNameLike = ({ given, nameWord }: WordSense): boolean => given > 0 || nameWord > 0

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
