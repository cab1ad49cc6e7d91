import { isKnownAbbreviation } from '../lexicon/abbreviations.ts'
import type { Token } from '../tokens/token.ts'
import type { Candidate, Detector, Reading } from './detector.ts'
import { generic, heads, looseHeads, namey, tails } from './organisation-words.ts'

const atWords = new Set([
  'at',
  'to',
  'from',
  'attends',
  'attend',
  'attending',
  'attended',
  'joined',
  'left',
  'called',
  'with',
  'starts',
  'started',
  'near',
  'outside',
  'by',
  'for',
  'into',
  'rang',
  'phoned',
])
const workVerbs = new Set([
  'works',
  'work',
  'working',
  'worked',
  'employed',
  'shifts',
  'job',
  'prays',
  'plays',
  'volunteers',
  'registered',
  'trains',
  'worships',
  'attends',
  'studies',
  'studying',
])

/** Schools, nurseries, surgeries, faith groups, clubs and workplaces with a name of their own. */
export const detectOrganisation: Detector = (reading: Reading) => {
  const { tokens } = reading
  const found: Candidate[] = []
  let last = 0
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]!
    if (token.kind !== 'word') continue
    const led = endOfLed(tokens, index)
    const placed = startOfPlaced(tokens, index)
    const placedTo = placed > 0 ? endOfCapitals(reading, placed) : token.folded === 'at' ? endOfPlaceAt(reading, index) : 0
    const saint = heads.has(token.folded) ? 0 : endOfSaint(tokens, index)
    if (placedTo > Math.max(placed, index)) {
      let to = placedTo
      while (tokens[to]?.kind === 'word' && heads.has(tokens[to]!.folded)) to += 1
      found.push({ from: placed || index + 1, to, type: 'ORG', confidence: 0.6, because: 'where somebody works or goes' })
      index = to - 1
      last = to
    } else if (saint > 0 && !heads.has(tokens[saint]?.folded ?? '') && !tails.has(tokens[saint]?.folded ?? '')) {
      found.push({ from: index, to: saint, type: 'ORG', confidence: 0.7, because: 'a saint that owns something' })
      index = saint - 1
      last = saint
    } else if (led > 0) {
      found.push({ from: index, to: led, type: 'ORG', confidence: 0.85, because: 'a name after what it is' })
      index = led - 1
      last = led
    } else if (heads.has(token.folded)) {
      const from = startOfName(reading, index, last)
      const isEnough = from < index && isOwnName(reading, from, index)
      if (!isEnough) continue
      const to = endOfName(tokens, index)
      found.push({ from, to, type: 'ORG', confidence: looseHeads.has(token.folded) ? 0.7 : 0.88, because: `a name before "${token.folded}"` })
      index = to - 1
      last = to
    } else if (endOfLowerBody(tokens, index) > 0) {
      const to = endOfLowerBody(tokens, index)
      found.push({ from: index, to, type: 'ORG', confidence: 0.55, because: 'where somebody works or goes' })
      index = to - 1
      last = to
    } else if (workVerbs.has(token.folded)) {
      const next = tokens[index + 1]
      const isAttending = token.folded === 'attends'
      const at = isAttending ? index + 1 : index + 2
      if (!isAttending && !(next !== undefined && ['at', 'for', 'with', 'in'].includes(next.folded))) continue
      const to = endOfCapitals(reading, at)
      if (to > at) {
        found.push({ from: at, to, type: 'ORG', confidence: 0.6, because: 'where somebody works or goes' })
        index = to - 1
        last = to
      }
    }
  }
  return found
}

/** What somebody has or does at a place of work or learning: "a chef at …", "drives for …", "her school is …". */
const jobNouns = new Set(
  'nights days weekends mornings evenings time chef cook ta teacher nurse cleaner manager driver cleans drives drive teaches volunteers works shifts apprentice receptionist caretaker porter carer job placement place agency school nursery college university employer work student pupil interview studies appt appointment born scan ward bed patient inpatient operation delivered review checkout till warehouse boxing football swimming karate ballet'.split(
    ' ',
  ),
)

/** "He's at Mossbourne", "a TA at The Golden Lion", "agency is Bright Futures": capitals where only a place can stand. */
function startOfPlaced(tokens: readonly Token[], index: number): number {
  const token = tokens[index]!
  // "goes to Greenbank": only what sounds like a place can be a school there.
  if (token.folded === 'to')
    return /^(goes|going|go|went|starts|starting|start|transferred|back)$/.test(tokens[index - 1]?.folded ?? '') &&
      soundsLikePlace(tokens[index + 1]?.folded ?? '')
      ? index + 1
      : 0
  const before = tokens[index - 1]?.folded ?? ''
  if (token.folded === 'for' || token.folded === 'with') return jobNouns.has(before) || before === 'drives' || before === 'delivers' ? index + 1 : 0
  if (token.folded === 'is' || token.folded === 'was')
    return before === 'school' || before === 'nursery' || before === 'agency' || before === 'employer' || before === 'college' ? index + 1 : 0
  if (token.folded !== 'at') return 0
  const isOfSomebody =
    tokens[index - 1]?.kind === 'possessive' ||
    /^(he|she|who|they|kids|children|boys|girls|twins|place|is|are|was|were|now|on|roll|starts|started|start|enrolled|treated|seen|a&e|e)$/.test(
      before,
    ) ||
    /^(he|she|who)'s$|^they're$/.test(before)
  return jobNouns.has(before) || isOfSomebody || (tokens[index - 1]?.kind === 'number' && tokens[index - 2]?.folded === 'year') ? index + 1 : 0
}

/** "St Mary's", "St Thomas More's": a saint that owns something is a school, a church or a hospital. */
function endOfSaint(tokens: readonly Token[], index: number): number {
  const token = tokens[index]!
  if ((token.folded !== 'st' && token.folded !== 'saint' && token.folded !== 'ss') || token.letterCase === 'lower') return 0
  let at = index + 1
  if (tokens[at]?.text === '.') at += 1
  const start = at
  while (at < start + 3 && tokens[at]?.kind === 'word' && tokens[at]!.letterCase === 'title') at += 1
  if (at === start || tokens[at]?.kind !== 'possessive') return 0
  const after = tokens[at + 1]
  return after?.folded === 'day' || after?.folded === 'wort' || after?.folded === 'eve' ? 0 : at + 1
}

/** What is done at a person: "looked at Zelphine". */
const doneAt =
  /^(look|smil|wav|shout|laugh|point|star|gaz|glanc|yell|scream|grin|blow|angry|cross|mad|throw|growl|peep|peek|giggl|babbl|coo|nod|bark|snap|swear|swor|hit|kick|lash|direct|annoy|upset|aim|beam|wink|go|went|com)(e|es|ed|ing|s|n|er|ping|ling|ning)?$/

/** "at Mossbourne", "at Rising Stars": capitals after "at" that are no given name and that nobody looks or smiles at. */
function endOfPlaceAt({ tokens, lexicon }: Reading, index: number): number {
  if (doneAt.test(tokens[index - 1]?.folded ?? '')) return 0
  let to = index + 1
  let isOwn = false
  for (; to < index + 5 && tokens[to]?.kind === 'word' && tokens[to]!.letterCase === 'title' && !tokens[to]!.startsSentence; to += 1) {
    const { folded } = tokens[to]!
    const sense = lexicon.sense(folded)
    if (sense.isNobody || sense.given > 0 || sense.nameWord > 0 || (sense.isTown && to === index + 1)) return 0
    isOwn ||= (soundsLikePlace(folded) && !plainPlaces.has(folded)) || (!sense.isWord && !sense.isFamily) || (namey.has(folded) && to > index + 1)
  }
  return isOwn && tokens[to]?.kind !== 'possessive' ? to : 0
}

/** "works at the co-op", "goes to little acorns": in small letters, known by the words before and by their own. */
function endOfLowerBody(tokens: readonly Token[], index: number): number {
  let before = index - 1
  if (tokens[before]?.folded === 'the') before -= 1
  const place = tokens[before]?.folded ?? ''
  if (place !== 'at' && place !== 'for' && place !== 'to' && place !== 'from' && place !== 'in') return 0
  const verb = tokens[before - 1]?.folded ?? ''
  if (workVerbs.has(verb) || jobNouns.has(verb)) {
    if (workplaces.has(tokens[index]!.folded)) return index + 1
    if (tokens[index]!.folded === 'co' && tokens[index + 2]?.folded === 'op') return index + 3
    if (tokens[index]!.folded === 'royal' && tokens[index + 1]?.folded === 'mail') return index + 2
  }
  if (
    tokens[index]!.letterCase !== 'lower' ||
    !/^(goes|going|go|starts|started|up|collected|back|attends|place|settled|moved|he's|she's|mornings|days)$/.test(verb)
  )
    return 0
  const next = tokens[index + 1]
  const after = tokens[index + 2]
  return lowerFirst.has(tokens[index]!.folded) && next?.kind === 'word' && lowerSecond.has(next.folded) && !heads.has(after?.folded ?? '')
    ? index + 2
    : 0
}
const lowerFirst = new Set(
  'little tiny busy happy bright sunny rainbow humpty stepping first jolly shining rising smart wee buttercup cheeky fledglings mini'.split(' '),
)
const lowerSecond = new Set(
  'acorns bees stars sparks steps stones tots ducks owls angels explorers learners feet rascals monkeys treasures ladybirds otters oaks robins dumpty days hands gems rainbows footsteps fishes bears teds kids ones sunbeams'.split(
    ' ',
  ),
)

const leaders = new Set(['ysgol', 'hmp', 'jamia', 'gurdwara', 'masjid', 'eglwys', 'coleg', 'meithrin'])

/** "Ysgol Bro Teifi", "University of Leeds", "Church of the Redeemer". */
function endOfLed(tokens: readonly Token[], index: number): number {
  const token = tokens[index]!
  let at = index + 1
  const isOf =
    ['university', 'church', 'college', 'parish', 'diocese'].includes(token.folded) && tokens[at]?.folded === 'of' && token.letterCase === 'title'
  const isRoyal =
    token.folded === 'royal' && token.letterCase === 'title' && ['at', 'in', 'to', 'from', 'the'].includes(tokens[index - 1]?.folded ?? '')
  if (!leaders.has(token.folded) && !isOf && !isRoyal) return 0
  while (['of', 'the', 'y', 'yr'].includes(tokens[at]?.folded ?? '')) at += 1
  const start = at
  while (at < start + 4 && tokens[at]?.kind === 'word' && tokens[at]!.letterCase === 'title') at += 1
  return at > start && tokens[start]!.folded !== 'england' ? at : 0
}

const isLink = (token: Token): boolean => token.kind === 'possessive' || ['of', 'and', '&', 'the', 'st', '.', '-', "'", '’'].includes(token.folded)

function startOfName({ tokens, lexicon }: Reading, index: number, floor: number): number {
  const head = tokens[index]!
  let from = index
  if (head.letterCase !== 'lower' && !head.isShouted) {
    while (from > floor && index - from < 7) {
      const before = tokens[from - 1]!
      if (before.kind === 'word' && before.letterCase !== 'lower' && !(before.startsSentence && isOpener(before.folded))) from -= 1
      else if (
        isLink(before) &&
        from - 2 >= floor &&
        tokens[from - 2]!.kind === 'word' &&
        tokens[from - 2]!.letterCase !== 'lower' &&
        !(before.text === '.' && tokens[from - 2]!.folded !== 'st') &&
        before.folded !== 'the'
      )
        from -= 1
      else break
    }
  } else {
    while (from > floor && index - from < 4) {
      const before = tokens[from - 1]!
      const isPartOfName =
        before.kind === 'possessive' ||
        (before.kind === 'word' &&
          (before.letterCase !== 'lower' || !generic.has(before.folded) || namey.has(before.folded)) &&
          !(before.startsSentence && isOpener(before.folded)))
      if (!isPartOfName) break
      from -= 1
    }
    from = startBehindPlain(tokens, from, floor)
    // In lower case, or half of it: somebody must be at it, or a part must be a name.
    const parts = tokens.slice(from, index)
    const isAt = from > 0 && atWords.has(tokens[from - 1]!.folded)
    const hasCapital = parts.some((part) => part.kind === 'word' && part.letterCase === 'title' && !part.startsSentence)
    const hasName = parts.some(
      (part) =>
        namey.has(part.folded) ||
        soundsLikePlace(part.folded) ||
        lexicon.sense(part.folded).given === 2 ||
        lexicon.sense(part.folded).isTown ||
        (part.kind === 'word' && !lexicon.sense(part.folded).isWord),
    )
    if (!hasCapital && !(isAt && hasName)) return index
    if (hasCapital) while (from < index && tokens[from]!.letterCase === 'lower') from += 1
  }
  while (
    from < index &&
    (tokens[from]!.kind !== 'word' ||
      (isOpener(tokens[from]!.folded) && tokens[from]!.folded !== 'the') ||
      ['of', 'and'].includes(tokens[from]!.folded))
  )
    from += 1
  return from
}

/** "Parkview children's centre", "Eastfield family hub": a name with a capital before plain words that say what it is. */
function startBehindPlain(tokens: readonly Token[], from: number, floor: number): number {
  let at = from
  while (
    at > floor &&
    from - at < 3 &&
    (tokens[at - 1]!.kind === 'possessive' || (tokens[at - 1]!.letterCase === 'lower' && plainBefore.has(tokens[at - 1]!.folded)))
  )
    at -= 1
  const name = tokens[at - 1]
  if (at === from || at <= floor || name?.kind !== 'word' || name.letterCase !== 'title' || name.startsSentence || generic.has(name.folded))
    return from
  return at - 1
}
const plainBefore = new Set(
  'children childrens family community health medical primary infant junior day nursery leisure care dental special high pre medical resource youth'.split(
    ' ',
  ),
)

/** "Northgate", "Whinmoor", "Brackenfield". */
const soundsLikePlace = (folded: string): boolean =>
  /^[a-z]{3,}(side|wood|field|fields|hill|brook|view|bank|dale|ford|ton|ley|well|croft|gate|lands|bridge|park|bury|combe|mead|mere|moor|worth|wick|stead|thorpe|acre|acres|tree|oak|leigh)$/.test(
    folded,
  )

const openers = new Set(
  'goes attends seen works registered visited at in on her his their our my this that she he they we mum dad when after before since if and but so as for from to with a an called moved started spoke met every each new'.split(
    ' ',
  ),
)
const isOpener = (folded: string): boolean => openers.has(folded)

const plainPlaces = new Set(
  'outside inside alongside beside bedside countryside foodbank overview interview preview review childhood parkland farewell highwood playfield skeleton button cotton lesson chutney family early'.split(
    ' ',
  ),
)

/** At least one word that is nobody else's: not only "Primary" or "Family". */
function isOwnName({ tokens, lexicon }: Reading, from: number, head: number): boolean {
  const isLoose = looseHeads.has(tokens[head]!.folded) && !(tokens[head - 1]?.kind === 'possessive' || tokens[head - 1]?.folded === "children's")
  for (let at = from; at < head; at += 1) {
    const token = tokens[at]!
    if (token.kind !== 'word' || token.folded === 'of' || token.folded === 'and') continue
    const sense = lexicon.sense(token.folded)
    if (
      generic.has(token.folded) &&
      !(namey.has(token.folded) && head - from > 1 && token.letterCase !== 'lower' && token.folded !== 'church' && token.folded !== 'little')
    )
      continue
    if (sense.isNobody && !sense.isTown) continue
    if (token.letterCase === 'title' && soundsLikePlace(token.folded) && !plainPlaces.has(token.folded)) return true
    if (!isLoose || !sense.isWord || namey.has(token.folded) || sense.isTown || sense.isFamilyWord) return true
    if (
      ['centre', 'center', 'clinic', 'practice', 'trust', 'club', 'united', 'hub', 'primary'].includes(tokens[head]!.folded) &&
      !token.startsSentence &&
      token.letterCase !== 'lower'
    )
      return true
  }
  return false
}

function endOfName(tokens: readonly Token[], head: number): number {
  let to = head + 1
  while (
    to < tokens.length &&
    to < head + 5 &&
    tokens[to]!.kind === 'word' &&
    tails.has(tokens[to]!.folded) &&
    tokens[to]!.folded !== 'and' &&
    (tokens[to]!.letterCase !== 'lower' || heads.has(tokens[to]!.folded)) &&
    !tokens[to]!.startsSentence
  )
    to += 1
  return to
}

function endOfCapitals({ tokens, lexicon }: Reading, from: number): number {
  let at = from
  if (tokens[at]?.folded === 'the') at += 1
  const start = at
  while (
    at < start + 5 &&
    ((tokens[at]?.kind === 'word' && tokens[at]!.letterCase !== 'lower' && !tokens[at]!.isShouted && !tokens[at]!.startsSentence) ||
      (at > start && tokens[at]?.kind === 'possessive'))
  )
    at += 1
  if (at === start) return from
  const first = tokens[start]!
  const sense = lexicon.sense(first.folded)
  // "works with Jade" is a person; "plays with Mum" is nobody new; a method or a wide place is no workplace.
  const isPlace = tokens[from - 1]!.folded === 'in'
  if (isPlace || (at - start === 1 && (sense.given > 0 || sense.nameWord > 0 || tokens[from - 1]!.folded === 'with'))) return from
  if (tokens[from - 1]!.folded === 'with' && tokens[from - 2]?.folded !== 'registered') return from
  if (sense.isNobody && !workplaces.has(first.folded)) return from
  if (first.letterCase === 'upper' && first.text.length <= 5 && (first.text.length < 3 || isKnownAbbreviation(first.folded) || sense.isWord))
    return from
  return at
}

const workplaces = new Set(
  'tesco asda aldi lidl morrisons sainsbury sainsburys waitrose boots argos ikea primark greggs costa starbucks mcdonalds kfc nandos subway poundland iceland halfords superdrug matalan amazon'.split(
    ' ',
  ),
)
