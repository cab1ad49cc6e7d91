import type { Token } from '../tokens/token.ts'
import type { Candidate, Detector } from './detector.ts'

const months = new Set(
  'january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec janury januray febuary feburary februrary apirl agust augst septmber setember ocotber octber novemeber novmber decmber decemeber'.split(
    ' ',
  ),
)
const mayBeWords = new Set(['may', 'march', 'mar', 'jan', 'jun', 'sep', 'dec'])
const birthWords = new Set(['born', 'dob', 'birthday', 'birthdate', 'birth', 'bday', 'd.o.b', 'edd'])
const onWords = new Set([
  'on',
  'since',
  'dated',
  'until',
  'from',
  'by',
  'for',
  'date',
  'visit',
  'seen',
  'review',
  'appointment',
  'due',
  'died',
  'met',
  'hearing',
  'session',
  'placed',
  'meeting',
  'called',
  'tcon',
  'contact',
  'hv',
  'started',
  'ended',
  'closed',
  'visited',
  'was',
  'week',
  'w',
  'c',
  'commencing',
  'after',
  'before',
  'between',
  'and',
])
const notADay = new Set(['of', 'scored', 'rated', 'rating', 'score', 'goal', 'scale', 'out', 'week', 'session', 'visit', 'clip'])
const ordinal = /^(\d{1,2})(st|nd|rd|th)$/
const dayOrdinals = new Set(
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth'.split(
    ' ',
  ),
)

/** Exact days, however they are written, and years or months of birth. "Every Friday", "in May 2020" and "4/10" are no exact days. */
export const detectDate: Detector = ({ tokens }) => {
  const found: Candidate[] = []
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]!
    const isBirth = isAfterBirth(tokens, index)
    const to =
      (isBirth ? endOfSpaced(tokens, index) : 0) || endOfNumericDate(tokens, index) || endOfDayMonth(tokens, index) || endOfMonthDay(tokens, index)
    if (to > 0) {
      found.push({
        from: token.folded === 'the' ? index + 1 : index,
        to,
        type: 'DATE',
        confidence: isBirth ? 0.98 : 0.92,
        because: isBirth ? 'a date of birth' : 'an exact date',
      })
      index = to - 1
    } else if (token.kind === 'number' && isShortDate(tokens, index)) {
      found.push({ from: index, to: index + 3, type: 'DATE', confidence: isBirth ? 0.9 : 0.6, because: 'a day and a month' })
      index += 2
    } else if (isBirth && token.kind === 'word' && months.has(token.folded) && tokens[index + 1]?.kind === 'number') {
      found.push({ from: index, to: index + 2, type: 'DATE', confidence: 0.85, because: 'a month of birth' })
      index += 1
    } else if (token.kind === 'number' && isYear(token) && (tokens[index - 1]?.folded === 'in' || tokens[index - 1]?.folded === 'born') && isBirth)
      found.push({ from: index, to: index + 1, type: 'DATE', confidence: 0.6, because: 'a year of birth' })
    else if (token.kind === 'number' && isBirth && /^(\d{6}|\d{8})$/.test(token.text))
      found.push({ from: index, to: index + 1, type: 'DATE', confidence: 0.9, because: 'a date of birth without signs' })
    else if (
      token.kind === 'code' &&
      ordinal.test(token.folded) &&
      tokens[index - 1]?.folded === 'the' &&
      onWords.has(tokens[index - 2]?.folded ?? '') &&
      isStop(tokens[index + 1])
    )
      found.push({ from: index, to: index + 1, type: 'DATE', confidence: 0.5, because: 'a day of this month' })
    else if (token.kind === 'code' && ordinal.test(token.folded) && isWeekday(tokens[index - 1]?.folded ?? tokens[index - 2]?.folded ?? ''))
      found.push({ from: index - 1, to: index + 1, type: 'DATE', confidence: 0.7, because: 'a weekday and a day' })
  }
  return found
}

const isStop = (token: Token | undefined): boolean =>
  token === undefined ||
  token.kind === 'mark' ||
  token.kind === 'gap' ||
  ['at', 'and', 'with', 'as', 'but', 'for', 'because', 'so'].includes(token.folded)
const isWeekday = (folded: string): boolean => /^(mon|tues?|wed|thu(rs?)?|fri|sat|sun|(mon|tues|wednes|thurs|fri|satur|sun)day)$/.test(folded)
const isDay = (token: Token | undefined): boolean =>
  token?.kind === 'number' && token.text.length <= 2 && Number(token.text) >= 1 && Number(token.text) <= 31
const isMonthNumber = (token: Token | undefined): boolean =>
  token?.kind === 'number' && token.text.length <= 2 && Number(token.text) >= 1 && Number(token.text) <= 12
const isYear = (token: Token | undefined): boolean =>
  token?.kind === 'number' && ((token.text.length === 4 && /^(19|20)/.test(token.text)) || token.text.length === 2)
const isSeparator = (token: Token | undefined): boolean => token?.kind === 'mark' && ['/', '.', '-', '–', '\\'].includes(token.text)

function isMonth(token: Token | undefined): boolean {
  return (
    token?.kind === 'word' && months.has(token.folded) && (token.letterCase !== 'lower' || !mayBeWords.has(token.folded) || token.folded.length > 4)
  )
}

function isAfterBirth(tokens: readonly Token[], index: number): boolean {
  for (let at = index - 1; at >= 0 && at >= index - 6; at -= 1)
    if (birthWords.has(tokens[at]!.folded) || (tokens[at]!.folded === 'd' && tokens[at + 2]?.folded === 'o')) return true
  return false
}

/** 11 11 2017, after a word for birth. */
function endOfSpaced(tokens: readonly Token[], index: number): number {
  const [day, month, year] = [tokens[index], tokens[index + 1], tokens[index + 2]]
  return isDay(day) && isMonthNumber(month) && year?.kind === 'number' && isYear(year) ? index + 3 : 0
}

/** 1/2/2016, 03.04.12, 2021-11-05. */
function endOfNumericDate(tokens: readonly Token[], index: number): number {
  const [a, first, b, second, c] = [tokens[index], tokens[index + 1], tokens[index + 2], tokens[index + 3], tokens[index + 4]]
  if (
    a?.kind !== 'number' ||
    !isSeparator(first) ||
    !isSeparator(second) ||
    first?.text !== second?.text ||
    (isSeparator(tokens[index - 1]) && !a.isApart)
  )
    return 0
  if (isSeparator(tokens[index + 5]) && !tokens[index + 5]!.isApart && tokens[index + 6]?.kind === 'number' && !tokens[index + 6]!.isApart) return 0
  const isDayFirst = isDay(a) && isMonthNumber(b) && isYear(c)
  const isMonthFirst = isMonthNumber(a) && isDay(b) && isYear(c) && c?.text.length === 4
  const isYearFirst = a.text.length === 4 && isYear(a) && isMonthNumber(b) && isDay(c)
  return isDayFirst || isMonthFirst || isYearFirst ? index + 5 : 0
}

/** 7 May 2020, 2nd of July, the second of July, Fri 3rd June. */
function endOfDayMonth(tokens: readonly Token[], index: number): number {
  let at = index
  if (tokens[at]?.folded === 'the') at += 1
  const day = tokens[at]
  if (!(isDay(day) || (day?.kind === 'code' && ordinal.test(day.folded)) || (day?.kind === 'word' && dayOrdinals.has(day.folded)))) {
    // 7may or 14feb in one piece
    return day?.kind === 'code' &&
      at === index &&
      /^\d{1,2}(st|nd|rd|th)?(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|[a-z]{3,9}(ber|ary|ril|ust|rch))$/.test(day.folded)
      ? index + 1
      : 0
  }
  at += 1
  if (tokens[at]?.text === '-' && tokens[at + 1]?.kind === 'word') at += 1
  if (tokens[at]?.folded === 'of') at += 1
  const isWritten = day!.kind === 'word'
  const month = tokens[at]
  if (month?.kind !== 'word' || !months.has(month.folded)) return 0
  if (isWritten && tokens[at - 1]?.folded !== 'of') return 0
  // "5 may have helped"
  if (
    month.folded === 'may' &&
    month.letterCase === 'lower' &&
    isDay(day) &&
    tokens[at - 1]?.folded !== 'of' &&
    !isYear(tokens[at + 1]) &&
    !isStop(tokens[at + 1])
  )
    return 0
  if (
    (month.folded === 'mar' || month.folded === 'march') &&
    month.letterCase === 'lower' &&
    isDay(day) &&
    tokens[at + 1]?.kind === 'word' &&
    !isStop(tokens[at + 1])
  )
    return 0
  at += 1
  if (tokens[at]?.text === '.' && !tokens[at]!.isApart && isYear(tokens[at + 1])) at += 1
  if (tokens[at]?.text === ',' && tokens[at + 1]?.text.length === 4 && isYear(tokens[at + 1])) at += 1
  if (tokens[at]?.text === '-' && isYear(tokens[at + 1])) at += 1
  if (tokens[at]?.text === "'" && isYear(tokens[at + 1])) at += 1
  return isYear(tokens[at]) && !isTime(tokens, at) ? at + 1 : at
}

const isTime = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]!.text.length === 2 && [':', '.'].includes(tokens[at + 1]?.text ?? '') && tokens[at + 2]?.kind === 'number'

/** May 14th, June 3, 2021. */
function endOfMonthDay(tokens: readonly Token[], index: number): number {
  const month = tokens[index]
  if (!isMonth(month)) return 0
  let at = index + 1
  if (tokens[at]?.folded === 'the') at += 1
  const day = tokens[at]
  const isOrdinal = day?.kind === 'code' && ordinal.test(day.folded)
  if (
    !isOrdinal &&
    !(
      isDay(day) &&
      !(tokens[at + 1]?.kind === 'word' && tokens[at + 1]!.folded !== 'at' && tokens[at + 1]!.folded !== 'and' && tokens[at + 1]!.folded !== 'with')
    )
  )
    return 0
  if (isDay(day) && tokens[at - 1]?.folded === 'the') return 0
  at += 1
  if (tokens[at]?.text === ',' && tokens[at + 1]?.text.length === 4 && isYear(tokens[at + 1])) return at + 2
  return tokens[at]?.text.length === 4 && isYear(tokens[at]) ? at + 1 : at
}

/** 12/3 after "on" or "dob"; never after "scored" or before "today". */
function isShortDate(tokens: readonly Token[], index: number): boolean {
  const [day, slash, month, after] = [tokens[index], tokens[index + 1], tokens[index + 2], tokens[index + 3]]
  if (
    !isDay(day) ||
    slash?.text !== '/' ||
    slash.isApart ||
    !isMonthNumber(month) ||
    month!.isApart ||
    isSeparator(after) ||
    isSeparator(tokens[index - 1])
  )
    return false
  const before = tokens[index - 1]?.folded ?? ''
  // 21/10 is no score; 24/7 is no day, 14/12 fourteen months of age, and 14/2 Leith Walk a flat.
  if (Number(day!.text) > 12 && Number(month!.text) < 12 && month!.text !== '7' && after?.letterCase !== 'title' && !notADay.has(before)) return true
  if (notADay.has(before) || month!.text === '10' || month!.text === '5') return isAfterBirth(tokens, index)
  return before === 'on' || before === 'dated' || before === 'since' || before === 'until' || isAfterBirth(tokens, index)
}
