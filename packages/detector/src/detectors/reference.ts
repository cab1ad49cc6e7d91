// Numbers that somebody keeps a person under: cases, pupils, passports, licences, cars, accounts.
import { wordSet } from '../lexicon/word-set.ts'
import type { Token } from '../tokens/token.ts'
import type { Candidate, Detector, Reading } from './detector.ts'

const introducers = wordSet(`
  ref reference refs id upn urn mrn uln passport licence license nino nhs case crime hospital patient pupil client account acc policy file record
  lac liquidlogic mosaic rio systmone emis brp visa incident log court claim membership payroll employee staff badge reg registration plate unique
  ni chi ucas ehcp uci portal sort iban roll lcs ehm eha mash paris pnc oasys delius cpims carefirst framework eclipse capita cpoms sims student
  customer booking referral tenancy uc cad nass cris niche athena crn hcn utr uprn dbs cert certificate aspen pps rent tax enquiry complaint learner
  candidate meter serial imei mpan pass doc ll ho dwp ics azeus servelec tpp ehms icms childview core+ dvla benefit
`)
const between = wordSet('no number num id ids is ref reference code was as card insurance under plate nr episode certificate cert account')
const drivingLicence = /^[a-z9]{5}\d{6}[a-z9]{2}[a-z\d]{3}$/
const upn = /^[a-hj-np-rt-z]\d{12}$|^[a-hj-np-rt-z]\d{11}[a-z]$/
const carPlate = /^[a-z]{2}\d{2}[a-z]{3}$/
const oldPlate = /^[a-z]\d{1,3}[a-z]{3}$|^[a-z]{1,3}\d{1,4}$/
const carWords = wordSet('reg registration car van plate vehicle drives driving bike taxi lorry')
const iban = /^[a-z]{2}\d{2}([a-z]{4}\d{8,18})?$/
/** A code with a measure's or a form's name is not a person's. */
const measures = /^(core|phq|gad|sdq|ks|year|y|s|p|f|level|covid|mp|b|a|v|h|g|step|tier|stage|week|wk|day|t|m|c|version|core)\d{1,2}[a-z]?$/

export const detectReference: Detector = ({ tokens }: Reading) => {
  const found: Candidate[] = []
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]!
    if (token.kind === 'code' && token.text.length === 16 && drivingLicence.test(token.folded))
      found.push({ from: index, to: index + 1, type: 'ID', confidence: 0.95, because: 'a driving licence number' })
    else if (token.kind === 'code' && token.text.length === 13 && upn.test(token.folded))
      found.push({ from: index, to: index + 1, type: 'ID', confidence: 0.95, because: "a pupil's number (UPN)" })
    else if (endOfCarPlate(tokens, index) > 0)
      found.push({ from: index, to: endOfCarPlate(tokens, index), type: 'ID', confidence: 0.75, because: 'a car number' })
    else if (endOfIban(tokens, index) > 0) {
      found.push({ from: index, to: endOfIban(tokens, index), type: 'ID', confidence: 0.9, because: 'an account number (IBAN)' })
      index = endOfIban(tokens, index) - 1
    } else if (isSortCode(tokens, index)) found.push({ from: index, to: index + 5, type: 'ID', confidence: 0.7, because: 'a sort code' })
    else if ((token.kind === 'word' || token.kind === 'code') && introducers.has(token.folded)) {
      let at = index + 1
      let isNumberAsked = token.folded !== 'log' && token.folded !== 'file' && token.folded !== 'pass' && token.folded !== 'doc'
      isNumberAsked ||= tokens[index - 1]?.folded === 'police'
      while (at < index + 6 && isBetween(tokens[at])) {
        isNumberAsked ||= between.has(tokens[at]!.folded) || tokens[at]!.text === '#'
        at += 1
      }
      const to = endOfNumber(tokens, at, token.folded === 'ni' || token.folded === 'nino' || token.folded === 'insurance')
      isNumberAsked ||= to > at + 1 || (tokens[at]?.text.length ?? 0) > 5
      const isYear = to === at + 1 && at === index + 1 && /^(19|20)\d\d$/.test(tokens[at]!.text)
      if (to > at && isNumberAsked && !isYear) {
        found.push({ from: at, to, type: 'ID', confidence: 0.85, because: `a number after "${token.folded}"` })
        index = to - 1
      }
    } else if (isNumbered(tokens, index)) {
      const at = tokens[index + 1]?.text === '.' || tokens[index + 1]?.text === ':' ? index + 2 : index + 1
      const to = Math.max(at + 1, endOfNumber(tokens, at))
      found.push({ from: at, to, type: 'ID', confidence: 0.6, because: 'a long number after "no"' })
      index = to - 1
    } else if (token.isApart && (token.kind === 'code' || (token.kind === 'word' && token.letterCase === 'upper' && token.text.length <= 4))) {
      const to = endOfNumber(tokens, index)
      if (to > index && !isOrdinary(tokens, index, to))
        found.push({ from: index, to, type: 'ID', confidence: 0.65, because: 'a reference of letters and digits' })
      if (to > index) index = to - 1
    } else if (token.kind === 'number' && isLongNumber(tokens, index))
      found.push({ from: index, to: index + 1, type: 'ID', confidence: 0.55, because: 'a long number' })
  }
  return found
}

/** A number of eight digits and more; of six and seven where nothing is counted by it; any after #. */
function isLongNumber(tokens: readonly Token[], index: number): boolean {
  const { text, isApart } = tokens[index]!
  const before = tokens[index - 1]
  if (before?.text === '#') return text.length > 2
  if (text.startsWith('0') || text.startsWith('44') || !(isApart || before?.text === '(')) return false
  if (text.length >= 8) return text.length <= 20
  const after = tokens[index + 1]
  return (
    text.length >= 6 &&
    (after === undefined || after.kind === 'gap' || (after.kind === 'mark' && /^[.,;)–-]$/.test(after.text))) &&
    before?.text !== '£' &&
    before?.kind !== 'number'
  )
}

/** 40-47-84: two digits three times that are no day. */
function isSortCode(tokens: readonly Token[], index: number): boolean {
  if (!tokens[index]!.isApart || tokens[index + 5]?.text === '-') return false
  for (let at = index; at < index + 5; at += 1) {
    const token = tokens[at]
    if (token === undefined || (at > index && token.isApart)) return false
    if ((at - index) % 2 === 0 ? token.kind !== 'number' || token.text.length !== 2 : token.text !== '-') return false
  }
  return true
}

function endOfIban(tokens: readonly Token[], index: number): number {
  const token = tokens[index]!
  if (token.kind !== 'code' || !iban.test(token.folded)) return 0
  if (token.text.length > 4) return index + 1
  if (tokens[index + 1]?.text.length !== 4 || tokens[index + 2]?.kind !== 'number' || tokens[index + 2]!.text.length !== 4) return 0
  let to = index + 3
  while (to < index + 8 && tokens[to]?.kind === 'number' && tokens[to]!.text.length <= 4) to += 1
  return to > index + 3 ? to : 0
}

/** "Care First no 771204": a number nobody would dial. */
function isNumbered(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index]!
  if (!['no', 'number', 'num', 'nr'].includes(token.folded) || tokens[index - 1]?.kind !== 'word') return false
  if (
    /^(phone|mobile|mob|tel|telephone|landline|home|work|contact|her|his|their|my|new|old|the|a|this|that|gran|nan|mum|dad)$/.test(
      tokens[index - 1]!.folded,
    )
  )
    return false
  const at = tokens[index + 1]?.text === '.' || tokens[index + 1]?.text === ':' ? index + 2 : index + 1
  const number = tokens[at]
  return (
    number !== undefined &&
    (number.kind === 'number' || number.kind === 'code') &&
    number.text.length >= 5 &&
    /\d{4}/.test(number.text) &&
    !number.text.startsWith('0')
  )
}

function isBetween(token: Token | undefined): boolean {
  return (
    token !== undefined &&
    (between.has(token.folded) || token.text === ':' || token.text === '#' || token.text === '.' || token.text === '-' || token.text === '=')
  )
}

/** The end of a run of letters and digits with - or / inside that holds three digits or more; `from` if there is none. */
function endOfNumber(tokens: readonly Token[], from: number, isGrouped = false): number {
  let digits = 0
  let to = from
  while (to < tokens.length && to - from < 9) {
    const token = tokens[to]!
    if (
      to > from &&
      token.isApart &&
      !(isGrouped && token.text.length <= 2 && token.letterCase !== 'lower') &&
      !(token.kind === 'number' && digits > 0 && tokens[to - 1]!.kind !== 'mark' && tokens[to - 1]!.text.length <= 4)
    )
      break
    if (token.kind === 'number' || token.kind === 'code') for (const letter of token.text) digits += letter >= '0' && letter <= '9' ? 1 : 0
    else if (!(token.kind === 'word' && (token.letterCase === 'upper' || token.text.length <= 3)) && token.text !== '-' && token.text !== '/') break
    to += 1
  }
  while (to > from && tokens[to - 1]!.kind === 'mark') to -= 1
  return digits >= 3 ? to : from
}

/** Measures and school years (PHQ-9, KS2), times, amounts and dates. */
function isOrdinary(tokens: readonly Token[], from: number, to: number): boolean {
  const joined = tokens
    .slice(from, to)
    .map((token) => token.folded)
    .join('')
  const digits = joined.replace(/\D/g, '').length
  if (digits < 4 || joined.length < 6) return true
  if (/^\d/.test(joined) && !/[a-z]\d/.test(joined)) return !/^\d{7}[a-z]{1,2}$/.test(joined)
  return measures.test(joined) || joined.startsWith('covid')
}

/** "YK19 ABF", "bd51smr"; older numbers and small letters in two pieces only beside a word for a car. */
function endOfCarPlate(tokens: readonly Token[], index: number): number {
  const token = tokens[index]!
  if (token.kind !== 'code' && token.kind !== 'word') return 0
  if (token.text.length === 7 && carPlate.test(token.folded)) return index + 1
  const next = tokens[index + 1]
  const joined = token.folded + (next?.folded ?? '')
  if (token.text.length === 4 && token.letterCase === 'upper' && next?.letterCase === 'upper' && carPlate.test(joined)) return index + 2
  let isCar = false
  for (let at = index - 1; at >= 0 && at >= index - 4; at -= 1) isCar ||= carWords.has(tokens[at]!.folded)
  if (!isCar) return 0
  if (token.kind === 'code' && oldPlate.test(token.folded))
    return next?.text.length === 3 && /^[a-z]\d/.test(token.folded) && oldPlate.test(joined) ? index + 2 : token.text.length > 4 ? index + 1 : 0
  if (token.kind === 'code' && carPlate.test(joined)) return index + 2
  return token.kind === 'word' && token.letterCase === 'upper' && next?.kind === 'number' && token.text.length <= 3 && next.text.length === 4
    ? index + 2
    : 0
}
