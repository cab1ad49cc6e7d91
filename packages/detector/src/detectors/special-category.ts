// Facts of UK GDPR articles 9 and 10: health, origin, belief, sex life, unions, crime. They are shown to the writer and never taken out:
// the work is often about exactly these, and only the writer knows whether they are needed.
import { isNearlySpecial, isSpecialWord, stemsOf } from '../lexicon/special-sense.ts'
import { wordSet } from '../lexicon/word-set.ts'
import type { Token } from '../tokens/token.ts'
import type { Candidate, Detector, Reading } from './detector.ts'
import { specialPhrases } from './special-phrases.ts'

type Branch = { readonly next: Map<string, Branch>; isEnd: boolean }

const tree: Branch = { next: new Map(), isEnd: false }
for (const phrase of specialPhrases) {
  let branches = [tree]
  for (const words of phrase)
    branches = branches.flatMap((branch) =>
      words.map((word) => {
        let next = branch.next.get(word)
        if (next === undefined) branch.next.set(word, (next = { next: new Map(), isEnd: false }))
        return next
      }),
    )
  for (const branch of branches) branch.isEnd = true
}

/** Small words that may stand inside a phrase: "took an overdose", "under the crisis team". */
const fillers = wordSet('a an the her his their my our some any been being very really quite still just now also again more two three')

/** What a word leads to in a phrase, as it stands or without its ending; words in capitals count in capitals. */
function follow(branch: Branch, token: Token | undefined): Branch | undefined {
  if (token === undefined || (token.kind !== 'word' && token.kind !== 'code' && token.kind !== 'number')) return undefined
  if (token.letterCase === 'upper' && !token.isShouted) {
    const next = branch.next.get(token.text)
    if (next !== undefined) return next
  }
  for (const stem of stemsOf(token.folded)) {
    const next = branch.next.get(stem)
    if (next !== undefined) return next
  }
  return undefined
}

/** Where the longest phrase that starts here ends; 0 if none does. The first word may be read with and without its ending. */
function endOfPhrase(tokens: readonly Token[], index: number): number {
  const token = tokens[index]!
  let longest = 0
  if (token.letterCase === 'upper' && !token.isShouted) longest = endAfter(tokens, index, tree.next.get(token.text))
  for (const stem of stemsOf(token.folded)) longest = Math.max(longest, endAfter(tokens, index, tree.next.get(stem)))
  return longest
}

function endAfter(tokens: readonly Token[], index: number, first: Branch | undefined): number {
  let branch = first
  let to = 0
  let at = index
  while (branch !== undefined) {
    at += 1
    if (branch.isEnd) to = at
    while (at < tokens.length && (tokens[at]!.kind === 'possessive' || /^[-/&']$/.test(tokens[at]!.text))) at += 1
    let next = follow(branch, tokens[at])
    for (let skipped = 0; next === undefined && skipped < 2 && fillers.has(tokens[at]?.folded ?? ''); skipped += 1)
      next = follow(branch, tokens[(at += 1)])
    branch = next
  }
  return to
}

/** Toys, games and stories: "the police car went under the sofa". */
const playThings = wordSet('toy toys doll dolls puppet puppets pretend lego playmobil teddy story game book costume hat helmet car set figure rugby')

/** What somebody has, after the words that say so: "diagnosed with Perthes", "suffers with her nerves". */
const sayers = wordSet('diagnosed diagnosis suffers suffer suffering suffered prescribed symptoms treated')
const joiners = wordSet('with of as from for on')
const stops = wordSet('and but so when which who since after before in at by last this that because to is was has then or if while at')

function endOfIllness(tokens: readonly Token[], index: number): number {
  let at = index + 1
  if (joiners.has(tokens[at]?.folded ?? '')) at += 1
  else if (tokens[index]!.folded !== 'prescribed') return 0
  const start = at
  while (
    at < start + 3 &&
    (tokens[at]?.kind === 'word' || tokens[at]?.kind === 'code' || tokens[at]?.kind === 'possessive') &&
    !stops.has(tokens[at]!.folded)
  )
    at += 1
  return at > start ? at : 0
}

/** Said of a person only: "dad is inside until May", "mum was charged", "she's expecting". */
const kin = wordSet('brother sister son daughter ex stepdad cousin bro lad teen boyfriend man bf')
const saidOfPeople = wordSet('inside tagged charged expecting released clean nicked lifted drunk using dry')
const between = wordSet('is was be been being has had have got gets get back now still also just again not')

function isSaidOfPerson(tokens: readonly Token[], index: number): boolean {
  const word = tokens[index]!.folded
  const next = tokens[index + 1]
  const isEnd = next === undefined || next.kind === 'mark' || next.kind === 'gap'
  if (!(isEnd || /^(and|for|until|till|since|again|last|in|by|from|with|due|on|at|over|after)$/.test(next.folded))) return false
  let at = index - 1
  let isPassive = false
  while (at >= 0 && at > index - 4 && (between.has(tokens[at]!.folded) || tokens[at]!.kind === 'possessive')) {
    isPassive ||= tokens[at]!.folded !== 'not'
    at -= 1
  }
  const who = tokens[at]?.folded ?? ''
  const isContracted = who.endsWith("'s")
  const whose = who.replace(/'s$/, '')
  if (!ownPeople.has(whose) && !kin.has(whose)) return false
  if (word === 'inside' || word === 'clean' || word === 'using' || word === 'dry')
    return !isEnd && /^(for|until|till|since|again)$/.test(next.folded) && (isPassive || isContracted)
  if (word === 'released' || word === 'lifted') return isPassive && !isEnd && /^(from|by|on|last|in|for)$/.test(next.folded) && next.folded !== 'in'
  if (word === 'charged' || word === 'expecting' || word === 'drunk') return isPassive || isContracted
  return true
}

/** "100mg", "40 mg": how much of a medicine. "born at 29 weeks", "29/40". */
function endOfDose(tokens: readonly Token[], index: number): number {
  const token = tokens[index]!
  if (token.kind === 'code') return /^\d+(mg|mcg)s?$|^\d+[pq]\d|^t[12]dm?$/.test(token.folded) ? index + 1 : 0
  if (token.kind !== 'number' || token.text.length > 4) return 0
  const next = tokens[index + 1]?.folded ?? ''
  if (next === 'mg' || next === 'mcg') return index + 2
  const before = tokens[index - 1]?.folded ?? ''
  if ((before === 'at' || before === '@') && /^(weeks?|wks?)$/.test(next))
    for (let at = index - 2; at >= 0 && at > index - 8; at -= 1) if (/^(born|lost|delivered|came)$/.test(tokens[at]!.folded)) return index + 2
  if (
    /^(months?|years?|mths|yrs)$/.test(next) &&
    /^(got|given|doing|serving|served|facing|did)$/.test(before) &&
    /^(for|in|inside|suspended|custody)$/.test(tokens[index + 2]?.folded ?? '')
  )
    return index + 2
  return 0
}

const beforeOrigin = wordSet("is are was were he's she's they're being as originally half")
/** Words that name an origin or a belief only beside a person: "a Polish family", never "Polish food". */
const originWords = new Set(
  'welsh scottish english french german italian spanish portuguese russian iranian brazilian colombian filipino nepali sri lankan tamil punjabi kashmiri zimbabwean kenyan ugandan congolese angolan senegalese moroccan algerian egyptian lebanese palestinian israeli bulgarian hungarian lithuanian latvian slovak czech kosovan serbian greek thai japanese korean malaysian american canadian australian christian black white asian african caribbean polish romanian somali nigerian ghanaian pakistani indian bangladeshi chinese arab kurdish syrian afghan iranian iraqi eritrean ethiopian sudanese jamaican turkish albanian ukrainian irish roma traveller vietnamese yemeni gambian'.split(
    ' ',
  ),
)
/** Where these are from is said of a language, a form or a lesson as well: a person must stand before. */
const languages = new Set('welsh scottish english french german italian spanish portuguese russian punjabi tamil chinese polish'.split(' '))
const ownPeople = new Set('mum dad mam mother father he she they parents family both nan gran grandad uncle aunt partner husband wife who'.split(' '))
/** "Methodist Hall", "Catholic Primary": a building's name. */
const houses = new Set('hall church chapel school primary academy college centre cathedral cemetery room'.split(' '))
const personNouns = new Set(
  'family heritage background origin descent mum dad mother father parents parent boy girl man woman child children people community british african caribbean carer household refugee refugees muslim'.split(
    ' ',
  ),
)

const homeNations = new Set(
  'england wales scotland ireland britain uk europe ulster london yorkshire lancashire cumbria northumberland durham derbyshire cornwall devon kent essex norfolk suffolk surrey sussex dorset somerset midlands highlands merseyside fife asia africa america'.split(
    ' ',
  ),
)
const beforeFrom = new Set(
  'is are was were came come comes adopted fled arrived originally moved family refugee refugees parents heritage trafficked seeker seekers'.split(
    ' ',
  ),
)

/** "adopted from Ethiopia", "they are from Somalia": a country that somebody comes from. */
function isFromCountry({ tokens, lexicon }: Reading, index: number): boolean {
  const token = tokens[index]!
  if (token.letterCase !== 'title' || tokens[index - 1]?.folded !== 'from' || !beforeFrom.has(tokens[index - 2]?.folded ?? '')) return false
  const sense = lexicon.sense(token.folded)
  return sense.isNobody && sense.isTown && !homeNations.has(token.folded) && !token.folded.endsWith('shire')
}

/** What follows the word for a house of belief that is only a room or a street: "met at the church hall". */
const rooms = wordSet('hall room kitchen car toddler playgroup street st lane road rd fete school primary close')

export const detectSpecialCategory: Detector = (reading) => {
  const { tokens } = reading
  const found: Candidate[] = []
  const push = (from: number, to: number, confidence: number, because: string) => {
    const last = found.at(-1)
    if (last?.to === from) found[found.length - 1] = { ...last, to }
    else found.push({ from, to, type: 'SPECIAL', confidence, because })
  }
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]!
    const dose = endOfDose(tokens, index)
    if (dose > 0) push(index, dose, 0.7, 'how much of a medicine, or how early a birth')
    if (dose > 0 || (token.kind !== 'word' && token.kind !== 'code' && token.kind !== 'number')) continue
    let to = endOfPhrase(tokens, index)
    if (to === 0 && token.kind !== 'number' && isSpecial(reading, index)) to = index + 1
    if (sayers.has(token.folded)) to = Math.max(to, endOfIllness(tokens, index))
    const next = tokens[to]?.folded ?? ''
    if (to > 0 && ((token.letterCase === 'title' && !token.startsSentence && houses.has(next)) || isPlay(tokens, index, to))) {
      index = to - 1
    } else if (to > 0) {
      push(index, to, 0.8, 'a fact the law guards more closely')
      index = to - 1
    } else if (saidOfPeople.has(token.folded) && isSaidOfPerson(tokens, index)) push(index, index + 1, 0.65, 'a fact the law guards more closely')
    else if (isFromCountry(reading, index)) push(index, index + 1, 0.6, 'where somebody comes from')
    else if (isOrigin(reading, index) && isAboutPerson(tokens, index))
      push(
        index,
        index + (originWords.has(tokens[index + 1]?.folded ?? '') || tokens[index + 1]?.folded === 'british' ? 2 : 1),
        0.65,
        'where somebody comes from',
      )
  }
  return found
}

/** A people by name, or by its letters: "Cypriot", "Mauritian". */
function isOrigin({ tokens, lexicon }: Reading, index: number): boolean {
  const token = tokens[index]!
  if (originWords.has(token.folded)) return true
  if (token.letterCase !== 'title' || !/.{3}(ian|ean|ese|iot|ani|aqi|ish|bek|akh|man)$/.test(token.folded)) return false
  const sense = lexicon.sense(token.folded)
  return (
    (!sense.isWord || sense.isNobody) &&
    sense.given < 2 &&
    sense.nameWord === 0 &&
    !sense.isSector &&
    (sense.isTown || /(ian|ese|iot)$/.test(token.folded))
  )
}

function isPlay(tokens: readonly Token[], from: number, to: number): boolean {
  const last = tokens[to - 1]!.folded
  const next = tokens[to]?.folded ?? ''
  if (/^(church|chapel|temple|mosque|baptist|methodist)$/.test(last) && rooms.has(next)) return true
  if (last === 'assault' && next === 'course') return true
  return playThings.has(next) || playThings.has(tokens[from - 1]?.folded ?? '')
}

function isSpecial({ tokens, lexicon }: Reading, index: number): boolean {
  const token = tokens[index]!
  const sense = lexicon.sense(token.folded)
  if (isSpecialWord(token.folded)) return !(sense.given === 2 && token.letterCase === 'title')
  return !sense.isWord && sense.given === 0 && !sense.isFamily && sense.nameWord === 0 && isNearlySpecial(token.folded)
}

function isAboutPerson(tokens: readonly Token[], index: number): boolean {
  let at = index + 1
  if (originWords.has(tokens[at]?.folded ?? '') || tokens[at]?.folded === 'british') at += 1
  const after = tokens[at]
  if (after !== undefined && personNouns.has(after.folded)) return true
  const before = tokens[index - 1]?.folded ?? ''
  const isEnd = after === undefined || after.kind !== 'word' || /^(and|but|so|who|by|with|originally)$/.test(after.folded)
  if (!isEnd) return false
  // "mum Polish, dad Turkish"
  if (ownPeople.has(before)) return tokens[index]!.letterCase === 'title' || !languages.has(tokens[index]!.folded)
  return (
    beforeOrigin.has(before) &&
    !(languages.has(tokens[index]!.folded) && !ownPeople.has(tokens[index - 2]?.folded ?? '')) &&
    !(tokens[index - 2]?.kind === 'word' && /^(pen|car|toy|it|this|that|coat|cat|dog|food|dress)$/.test(tokens[index - 2]!.folded))
  )
}
