import type { Token } from '../tokens/token.ts'
import { beforeStreet, flatWords, homes, livingVerbs, livingWords, looseStreets, placing, streets, sureStreets } from './address-words.ts'
import type { Candidate, Detector, Reading } from './detector.ts'

const bodyWords = new Set(
  'school primary nursery academy infant infants junior juniors high secondary surgery medical clinic hospital masjid mosque church chapel methodist baptist community centre center children practice college playgroup preschool health dental club library temple gurdwara'.split(
    ' ',
  ),
)

/** "Green Lane Masjid", "Chestnut Grove School". */
const isBodyAfter = (tokens: readonly Token[], index: number): boolean =>
  bodyWords.has(tokens[index]?.folded ?? '') && tokens[index - 1]?.letterCase === tokens[index]?.letterCase

const estates = new Set(['estate', 'travellers', 'traveller', 'gypsy', 'caravan', 'home', 'holiday'])

export const detectAddress: Detector = (reading: Reading) => {
  const { tokens } = reading
  const found: Candidate[] = []
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]!
    const to = endOfNumbered(tokens, index) || endOfWelsh(tokens, index) || endOfFlat(tokens, index) || endOfOld(tokens, index)
    if (to > 0) {
      found.push(grow(reading, { from: index, to, type: 'ADDRESS', confidence: 0.92, because: 'a number and a street' }))
      index = found.at(-1)!.to - 1
    } else if (token.kind === 'word' && streets.has(token.folded)) {
      const from = isBodyAfter(tokens, index + 1) ? index : startOfNamed(reading, index)
      if (from < index) found.push(grow(reading, { from, to: index + 1, type: 'ADDRESS', confidence: 0.75, because: "a street's name" }))
    } else if ((token.folded === 'park' || token.folded === 'site') && estates.has(tokens[index - 1]?.folded ?? '')) {
      const from = startOfCapitals(tokens, tokens[index - 1]!.letterCase === 'lower' ? index - 1 : index)
      if (from < index - 1) found.push({ from, to: index + 1, type: 'ADDRESS', confidence: 0.75, because: "a site's name" })
    } else if (token.kind === 'word' && (homes.has(token.folded) || looseStreets.has(token.folded)) && token.letterCase === 'title') {
      const from = startOfCapitals(tokens, index)
      if (
        from < index &&
        (!tokens[from]!.startsSentence || tokens[from - 1]?.text === ':') &&
        tokens[index + 1]?.folded !== 'of' &&
        !isBodyAfter(tokens, index + 1) &&
        isLiving(tokens, from)
      )
        found.push(grow(reading, { from, to: index + 1, type: 'ADDRESS', confidence: 0.8, because: "a home's name" }))
    } else if (token.folded === 'estate') {
      const from = startOfCapitals(tokens, index)
      if (from < index && tokens[from]!.folded !== 'council')
        found.push({ from, to: index + 1, type: 'ADDRESS', confidence: 0.8, because: "an estate's name" })
    } else if (token.folded === 'po' && tokens[index + 1]?.folded === 'box' && tokens[index + 2]?.kind === 'number')
      found.push({ from: index, to: index + 3, type: 'ADDRESS', confidence: 0.9, because: 'a box at a post office' })
    else if (token.kind === 'word' && isTown(reading, index))
      found.push({ from: index, to: endOfTown(tokens, index), type: 'ADDRESS', confidence: 0.55, because: 'the town somebody lives in' })
  }
  return found
}

/** After "12 the": a lane with no other name. */
const placeWords = new Set(
  'paddocks paddock crescent green grove avenue drive close mews terrace meadows orchard orchards laurels firs pines limes oaks elms beeches spinney glade croft crofts dell ridings woodlands willows hollies cedars chestnuts birches poplars hawthorns maples rowans larches brambles bungalow cottages maltings moorings stables barn mill forge vicarage rectory rise ridge lawns shires lodge villas lane square lodge'.split(
    ' ',
  ),
)
const welshStreets = new Set('heol ffordd stryd maes trem clos rhodfa lon bryn pen tyn cae parc gerddi rhes cilgant llys min ger'.split(' '))
/** Of these, the ones that are nothing else, so that no number is needed: "lives on Heol y Deri". */
const sureWelsh = new Set('heol ffordd stryd rhodfa lon rhes cilgant ty gerddi'.split(' '))
const welshSmall = new Set('y yr ar las fawr fach wen gwyn newydd isaf uchaf'.split(' '))

/** "6 Trem y Mor", "5 Heol y Bryn": in Welsh the word for street comes first. */
function endOfWelsh(tokens: readonly Token[], index: number): number {
  const isNumbered = tokens[index]!.kind === 'number' || tokens[index]!.kind === 'code'
  const first = tokens[isNumbered ? index + 1 : index]
  if (first?.kind !== 'word') return 0
  const isSure = sureWelsh.has(first.folded)
  if (!isSure && !(isNumbered && welshStreets.has(first.folded) && first.letterCase === 'title')) return 0
  if (!isNumbered && (first.letterCase !== 'title' || (first.folded === 'lon' && first.text === 'Lon'))) return 0
  const start = isNumbered ? index + 2 : index + 1
  let at = start
  while (
    at < start + 4 &&
    tokens[at]?.kind === 'word' &&
    (tokens[at]!.letterCase === 'title' || welshSmall.has(tokens[at]!.folded) || (isSure && isNumbered && at === start))
  )
    at += 1
  return at > start && !(at === start + 1 && /^(y|yr|ar)$/.test(tokens[start]!.folded)) ? at : 0
}

/** "The Old Forge", "the Old Vicarage": a home that was something else. */
function endOfOld(tokens: readonly Token[], index: number): number {
  if (tokens[index]!.folded !== 'old' || tokens[index]!.letterCase !== 'title' || tokens[index - 1]?.folded !== 'the') return 0
  const last = tokens[index + 1]
  if (last?.letterCase !== 'title') return 0
  if (/^(forge|mill|rectory|vicarage|schoolhouse|bakery|barn|stables|dairy|smithy|chapel|manse|coach|post|school|police)$/.test(last.folded))
    return /^(coach|post|school|police)$/.test(last.folded)
      ? /^(house|office|station)$/.test(tokens[index + 2]?.folded ?? '')
        ? index + 3
        : 0
      : index + 2
  return 0
}

/** 12 Beech Grove, 19 elm street, 4a The Green. */
function endOfNumbered(tokens: readonly Token[], index: number): number {
  const number = tokens[index]!
  const isNumber = (number.kind === 'number' && number.text.length <= 4) || (number.kind === 'code' && /^\d{1,4}[a-f]$/.test(number.folded))
  if (!isNumber) return 0
  let at = index + 1
  if (tokens[at]?.text === '-' && (tokens[at + 1]?.kind === 'number' || tokens[at + 1]?.kind === 'code')) at += 2
  if (tokens[at]?.text === ',') at += 1
  const first = at
  for (; at < first + 4; at += 1) {
    const token = tokens[at]
    if (token?.kind === 'possessive' || token?.text === '-') continue
    if (token?.kind !== 'word') return 0
    const isLast = !(tokens[at + 1]?.kind === 'word' && streets.has(tokens[at + 1]!.folded))
    if (
      at > first &&
      streets.has(token.folded) &&
      isLast &&
      (token.folded !== 'st' && token.folded !== 'dr' ? true : tokens[at + 1]?.kind !== 'word' || token.folded === 'st')
    )
      return at + 1
    if (at === first + 1 && tokens[first]!.folded === 'the' && placeWords.has(token.folded) && (token.letterCase !== 'lower' || isLast)) return at + 1
    if (
      at > first &&
      (looseStreets.has(token.folded) || homes.has(token.folded)) &&
      ((tokens[first]!.letterCase !== 'lower' && token.letterCase !== 'lower') || isLivedAt(tokens, index, at)) &&
      isLast
    )
      return at + 1
    if (
      at === first &&
      tokens[at]!.letterCase === 'lower' &&
      !(tokens[at]!.folded === 'the' && placeWords.has(tokens[at + 1]?.folded ?? '')) &&
      (beforeStreet.has(token.folded) ||
        [
          'minute',
          'minutes',
          'min',
          'mins',
          'year',
          'years',
          'times',
          'miles',
          'mile',
          'weeks',
          'days',
          'people',
          'families',
          'children',
          'more',
          'hours',
          'houses',
          'doors',
          'busy',
          'metres',
          'months',
          'different',
          'other',
          'new',
          'cars',
        ].includes(token.folded))
    )
      return 0
  }
  return 0
}

const livedAt = new Set('at to is from live lives living address house no number of moved'.split(' '))

/** "moved to 12 oak view": small letters throughout, with nothing behind that would make it a way of doing something. */
function isLivedAt(tokens: readonly Token[], index: number, last: number): boolean {
  const before = tokens[index - 1]
  const after = tokens[last + 1]
  const isFree = after?.kind !== 'word' || /^(and|with|now|since|next|in)$/.test(after.folded)
  if (before === undefined || last - index !== 2 || !isFree || !(livedAt.has(before.folded) || before.text === ':')) return false
  return !/^(side|end|way|place|common|field|bottom|top|view|park|house|flats|point)$/.test(tokens[last]!.folded) || isLiving(tokens, index)
}

function endOfFlat(tokens: readonly Token[], index: number): number {
  const word = tokens[index]!
  const next = tokens[index + 1]
  if (
    word.kind !== 'word' ||
    !flatWords.has(word.folded) ||
    next === undefined ||
    !(next.kind === 'number' || next.kind === 'code') ||
    next.text.length > 4
  )
    return 0
  if (word.folded === 'room' || word.folded === 'unit')
    return word.letterCase === 'title' && tokens[index + 2]?.text === ',' && tokens[index + 3]?.letterCase === 'title' ? index + 2 : 0
  return index + 2
}

/** Takes in what follows after a comma: a further street, a home's name, a known town. */
function grow({ tokens, lexicon }: Reading, found: Candidate): Candidate {
  let to = found.to
  for (let round = 0; round < 3; round += 1) {
    let at = to
    if (tokens[at]?.text === ',') at += 1
    const numbered = at < tokens.length ? endOfNumbered(tokens, at) : 0
    if (numbered > 0) {
      to = numbered
      continue
    }
    let end = at
    while (end < at + 4 && tokens[end]?.kind === 'word' && tokens[end]!.letterCase !== 'lower' && tokens[end]!.kind === 'word') end += 1
    const last = tokens[end - 1]
    if (
      end > at &&
      last !== undefined &&
      at > to &&
      (streets.has(last.folded) || homes.has(last.folded) || looseStreets.has(last.folded) || lexicon.sense(last.folded).isTown)
    )
      to = end
    else if (tokens[at]?.kind === 'word' && at > to && lexicon.sense(tokens[at]!.folded).isTown) to = at + 1
    else break
  }
  return to === found.to ? found : { ...found, to }
}

/** Where the name before "Road" starts; the index itself when the word before is no name. */
function startOfNamed(reading: Reading, index: number): number {
  const { tokens } = reading
  const street = tokens[index]!
  if (street.folded === 'st' && street.letterCase !== 'lower' && tokens[index + 1]?.letterCase === 'title') return index
  if (street.folded === 'dr' || street.folded === 'ct' || street.folded === 'cl' || street.folded === 'gr') return index
  if (street.letterCase === 'title' || street.letterCase === 'upper') {
    const from = startOfCapitals(tokens, index)
    const first = tokens[from]
    if (
      from < index &&
      first !== undefined &&
      !(first.startsSentence && index - from === 1 && (beforeStreet.has(first.folded) || street.letterCase !== 'title'))
    )
      return beforeStreet.has(first.folded) && index - from === 1 ? index : from
    return index
  }
  // Lower case: only where somebody lives on it.
  let from = index
  while (
    from > 0 &&
    index - from < 3 &&
    tokens[from - 1]!.kind === 'word' &&
    !beforeStreet.has(tokens[from - 1]!.folded) &&
    !placing.has(tokens[from - 1]!.folded) &&
    tokens[from - 1]!.folded !== 'off' &&
    tokens[from - 1]!.folded !== 'along'
  )
    from -= 1
  const before = tokens[from - 1]?.folded ?? ''
  if (from < index && sureStreets.has(street.folded) && (before === 'on' || before === 'off' || before === 'along') && index - from < 3) return from
  if (from === index || !placing.has(before)) return index
  return isLiving(tokens, from) && tokens[from - 1]!.folded !== 'of' ? from : index
}

function startOfCapitals(tokens: readonly Token[], index: number): number {
  let from = index
  while (from > 0 && index - from < 4) {
    const before = tokens[from - 1]!
    if (before.kind === 'possessive' && from - 1 > 0) from -= 1
    else if (before.kind === 'word' && before.letterCase === 'title' && !before.startsSentence) from -= 1
    else if (before.kind === 'word' && before.letterCase === 'title' && before.startsSentence && !isOpening(before.folded)) from -= 1
    else break
  }
  return from
}

const openings = new Set(
  'the a an on in at from to her his their our my this that lives moved near we she he they mum dad home address new old staying visit visited'.split(
    ' ',
  ),
)
const isOpening = (folded: string): boolean => openings.has(folded)

function isLiving(tokens: readonly Token[], from: number): boolean {
  for (let at = from - 1; at >= 0 && at >= from - 5; at -= 1) {
    if (tokens[at]!.kind === 'gap' || tokens[at]!.text === '.') return false
    if (livingWords.has(tokens[at]!.folded) || tokens[at]!.kind === 'number') return true
  }
  return false
}

function isTown({ tokens, lexicon }: Reading, index: number): boolean {
  const token = tokens[index]!
  const before = tokens[index - 1]
  if (before === undefined || !placing.has(before.folded) || before.folded === 'of' || before.folded === 'is') return false
  if (token.letterCase === 'lower' ? !lexicon.sense(token.folded).isTown || lexicon.sense(token.folded).isWord : token.isShouted) return false
  const sense = lexicon.sense(token.folded)
  if (sense.isNobody && !sense.isTown) return false
  const isUnknown = !sense.isWord && sense.given === 0 && before.folded !== 'to' && before.folded !== 'on' && before.folded !== 'at'
  return (sense.isTown || (isUnknown && before.folded === 'in')) && isLivingVerb(tokens, index - 1)
}

function isLivingVerb(tokens: readonly Token[], from: number): boolean {
  for (let at = from - 1; at >= 0 && at >= from - 6; at -= 1) {
    if (tokens[at]!.startsSentence && at < from - 3 && !livingVerbs.has(tokens[at]!.folded)) return false
    if (livingVerbs.has(tokens[at]!.folded)) return true
  }
  return false
}

function endOfTown(tokens: readonly Token[], index: number): number {
  let to = index + 1
  while (to < index + 3 && tokens[to]?.kind === 'word' && tokens[to]!.letterCase === 'title' && !tokens[to]!.startsSentence) to += 1
  return to
}
