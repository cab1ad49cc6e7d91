// Facts of UK GDPR articles 9 and 10: health, origin, belief, sex life, unions, crime. They are shown to the writer and never taken out:
// the work is often about exactly these, and only the writer knows whether they are needed.
import type { Candidate, Detector, Reading } from './detector.ts'
import { specialPhrases } from './special-phrases.ts'

type Branch = { readonly next: Map<string, Branch>; isEnd: boolean }

function toTree(phrases: readonly string[]): Branch {
  const root: Branch = { next: new Map(), isEnd: false }
  for (const phrase of phrases) {
    let branch = root
    for (const word of phrase.split(' ')) {
      let next = branch.next.get(word)
      if (next === undefined) branch.next.set(word, (next = { next: new Map(), isEnd: false }))
      branch = next
    }
    branch.isEnd = true
  }
  return root
}

const tree = toTree(specialPhrases)
const peopleAround = new Set([
  'is',
  'are',
  'was',
  'were',
  'as',
  'being',
  'identifies',
  'identify',
  'they',
  'family',
  'mum',
  'dad',
  'she',
  'he',
  'parents',
  'of',
  'from',
  'both',
  'and',
  'came',
  'practising',
  'devout',
  'converted',
  'to',
  'a',
  'their',
  'her',
  'his',
  'heritage',
  'background',
  'origin',
  'community',
  'descent',
  'faith',
  'child',
  'mixed',
  'man',
  'woman',
  'boy',
  'girl',
  'father',
  'mother',
])
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
  'is are was were came come comes adopted fled arrived originally moved family refugee refugees parents heritage trafficked'.split(' '),
)

/** "adopted from Ethiopia", "they are from Somalia": a country that somebody comes from. */
function isFromCountry({ tokens, lexicon }: Reading, index: number): boolean {
  const token = tokens[index]!
  if (token.letterCase !== 'title' || tokens[index - 1]?.folded !== 'from' || !beforeFrom.has(tokens[index - 2]?.folded ?? '')) return false
  const sense = lexicon.sense(token.folded)
  return sense.isNobody && sense.isTown && !homeNations.has(token.folded) && !token.folded.endsWith('shire')
}

export const detectSpecialCategory: Detector = (reading) => {
  const { tokens } = reading
  const found: Candidate[] = []
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]!
    if (token.kind !== 'word' && token.kind !== 'code') continue
    let branch = tree.next.get(token.folded)
    let to = 0
    let at = index
    while (branch !== undefined) {
      at += 1
      if (branch.isEnd) to = at
      while (tokens[at]?.text === '-' || tokens[at]?.kind === 'possessive') at += 1
      branch = at < tokens.length ? branch.next.get(tokens[at]!.folded) : undefined
    }
    if (to > 0 && tokens[index]!.letterCase === 'title' && !tokens[index]!.startsSentence && houses.has(tokens[to]?.folded ?? '')) {
      index = to - 1
    } else if (to > 0) {
      found.push({ from: index, to, type: 'SPECIAL', confidence: 0.8, because: 'a fact the law guards more closely' })
      index = to - 1
    } else if (isFromCountry(reading, index))
      found.push({ from: index, to: index + 1, type: 'SPECIAL', confidence: 0.6, because: 'where somebody comes from' })
    else if (originWords.has(token.folded) && isAboutPerson(tokens, index))
      found.push({
        from: index,
        to: index + (originWords.has(tokens[index + 1]?.folded ?? '') || tokens[index + 1]?.folded === 'british' ? 2 : 1),
        type: 'SPECIAL',
        confidence: 0.65,
        because: 'where somebody comes from',
      })
  }
  return found
}

function isAboutPerson(tokens: Parameters<Detector>[0]['tokens'], index: number): boolean {
  let at = index + 1
  if (originWords.has(tokens[at]?.folded ?? '') || tokens[at]?.folded === 'british') at += 1
  const after = tokens[at]
  if (after !== undefined && personNouns.has(after.folded)) return true
  const before = tokens[index - 1]?.folded ?? ''
  const isEnd = after === undefined || after.kind !== 'word' || after.folded === 'and' || after.folded === 'but'
  return (
    isEnd &&
    ['is', 'are', 'was', 'were', "he's", "she's", "they're", 'being', 'as', 'originally', 'half'].includes(before) &&
    peopleAround.has(before) &&
    !(languages.has(tokens[index]!.folded) && !ownPeople.has(tokens[index - 2]?.folded ?? '')) &&
    !(
      tokens[index - 2]?.kind === 'word' &&
      ['pen', 'car', 'toy', 'it', 'this', 'that', 'coat', 'cat', 'dog', 'food', 'dress'].includes(tokens[index - 2]!.folded)
    )
  )
}
