// Numbers that somebody keeps a person under: cases, pupils, passports, licences, cars, accounts.
import type { Token } from '../tokens/token.ts'
import type { Candidate, Detector, Reading } from './detector.ts'

const introducers = new Set([
  'ref',
  'reference',
  'refs',
  'id',
  'upn',
  'urn',
  'mrn',
  'uln',
  'passport',
  'licence',
  'license',
  'nino',
  'nhs',
  'case',
  'crime',
  'hospital',
  'patient',
  'pupil',
  'client',
  'account',
  'acc',
  'policy',
  'file',
  'record',
  'lac',
  'liquidlogic',
  'mosaic',
  'rio',
  'systmone',
  'emis',
  'brp',
  'visa',
  'incident',
  'log',
  'court',
  'claim',
  'membership',
  'payroll',
  'employee',
  'staff',
  'badge',
  'reg',
  'registration',
  'plate',
  'unique',
  'ni',
  'chi',
  'ucas',
  'ehcp',
  'uci',
  'portal',
  'sort',
  'iban',
  'roll',
  'lcs',
  'ehm',
  'eha',
  'mash',
  'paris',
  'pnc',
  'oasys',
  'delius',
  'cpims',
  'carefirst',
  'framework',
  'eclipse',
  'capita',
  'cpoms',
  'sims',
  'student',
  'customer',
  'booking',
  'referral',
  'tenancy',
  'uc',
])
const between = new Set(['no', 'number', 'num', 'id', 'is', 'ref', 'reference', 'code', 'was', 'as', 'card', 'insurance', 'under', 'plate', 'nr'])
const drivingLicence = /^[a-z9]{5}\d{6}[a-z9]{2}[a-z\d]{3}$/
const upn = /^[a-hj-np-rt-z]\d{12}$|^[a-hj-np-rt-z]\d{11}[a-z]$/
const carPlate = /^[a-z]{2}\d{2}[a-z]{3}$/
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
    else if (token.kind === 'code' && isCarPlate(tokens, index))
      found.push({ from: index, to: index + (token.text.length === 7 ? 1 : 2), type: 'ID', confidence: 0.75, because: 'a car number' })
    else if ((token.kind === 'word' || token.kind === 'code') && introducers.has(token.folded)) {
      let at = index + 1
      let isNumberAsked = token.folded !== 'log' && token.folded !== 'file'
      while (at < index + 6 && isBetween(tokens[at])) {
        isNumberAsked ||= between.has(tokens[at]!.folded) || tokens[at]!.text === '#'
        at += 1
      }
      const to = endOfNumber(tokens, at, token.folded === 'ni' || token.folded === 'nino' || token.folded === 'insurance')
      if (to > at && isNumberAsked) {
        found.push({ from: at, to, type: 'ID', confidence: 0.85, because: `a number after "${token.folded}"` })
        index = to - 1
      }
    } else if (isNumbered(tokens, index)) {
      const at = tokens[index + 1]?.text === '.' || tokens[index + 1]?.text === ':' ? index + 2 : index + 1
      found.push({ from: at, to: at + 1, type: 'ID', confidence: 0.6, because: 'a long number after "no"' })
      index = at
    } else if (token.isApart && (token.kind === 'code' || (token.kind === 'word' && token.letterCase === 'upper' && token.text.length <= 4))) {
      const to = endOfNumber(tokens, index)
      if (to > index && !isOrdinary(tokens, index, to))
        found.push({ from: index, to, type: 'ID', confidence: 0.65, because: 'a reference of letters and digits' })
      if (to > index) index = to - 1
    } else if (token.kind === 'number' && token.text.length >= 8 && token.text.length <= 20 && token.isApart && !/^(0|44)/.test(token.text))
      found.push({ from: index, to: index + 1, type: 'ID', confidence: 0.55, because: 'a long number' })
  }
  return found
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
      !(token.kind === 'number' && digits > 0 && tokens[to - 1]!.kind === 'number' && tokens[to - 1]!.text.length <= 4)
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
  if (/^\d/.test(joined) && !/[a-z]\d/.test(joined)) return true
  return measures.test(joined) || joined.startsWith('covid')
}

function isCarPlate(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index]!
  if (token.text.length === 7) return carPlate.test(token.folded) && token.letterCase === 'upper'
  const next = tokens[index + 1]
  return (
    token.text.length === 4 &&
    token.letterCase === 'upper' &&
    /^[a-z]{2}\d{2}$/.test(token.folded) &&
    next?.kind === 'word' &&
    next.text.length === 3 &&
    next.letterCase === 'upper' &&
    carPlate.test(token.folded + next.folded)
  )
}
