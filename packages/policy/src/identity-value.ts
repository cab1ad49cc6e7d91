// Does a value that ought to be a code say who somebody is? Used for client codes; free text is the detector's business.
import { isDay } from './day.ts'

export type FoundIdentity = 'name' | 'email' | 'phone' | 'date' | 'nhs-number' | 'national-number' | 'postcode'

/**
 * What kind of identity a value gives away, if any. `declared` means that the service's pattern says how codes look, so that bare runs of six
 * digits and short runs of letters are taken as codes; `fixedWords` are the pattern's own words and are left out of the search.
 */
export function identityIn(
  value: string,
  { declared, fixedWords }: { readonly declared: boolean; readonly fixedWords: readonly string[] },
): FoundIdentity | undefined {
  const bare = fixedWords.reduce((text, word) => withoutWord(text, word), value)
  return kindOf(bare, declared)
}

function withoutWord(text: string, word: string): string {
  const at = text.toUpperCase().indexOf(word.toUpperCase())
  return at === -1 ? text : text.slice(0, at) + text.slice(at + word.length)
}

function kindOf(value: string, declared: boolean): FoundIdentity | undefined {
  const digits = value.replace(/\D/g, '')
  if (value.includes('@')) return 'email'
  if (isNhsNumberIn(value)) return 'nhs-number'
  if (/^[A-Za-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-Da-d]$/.test(value) || /^[A-Za-z]\d{11}[A-Za-z0-9]$/.test(value)) return 'national-number'
  if (/^(\+|00?)[\d ()./-]+$/.test(value) && digits.length >= 9 && digits.length <= 15) return 'phone'
  if (/^[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}$/.test(value) && !declared) return 'postcode'
  if (isDateLike(value, declared)) return 'date'
  return isNameLike(value, declared) ? 'name' : undefined
}

/** True for ten digits whose check digit fits the NHS number's modulus 11, with or without gaps. */
export function isNhsNumber(value: string): boolean {
  const digits = value.replace(/[\s.-]/g, '')
  if (!/^\d{10}$/.test(digits)) return false
  const sum = [...digits.slice(0, 9)].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0)
  const check = (11 - (sum % 11)) % 11
  return check !== 10 && check === Number(digits[9])
}

// Ten digits in a row, also with gaps and with letters around them: "C943 476 5919".
function isNhsNumberIn(value: string): boolean {
  return (value.match(/\d(?:[\s.-]?\d)*/g) ?? []).some(isNhsNumber)
}

const months = /(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/i

function isDateLike(value: string, declared: boolean): boolean {
  const parted = /(\d{1,4})[ ./_-](\d{1,2})[ ./_-](\d{1,4})/.exec(value)
  if (parted !== null && isAnyDate(parted[1] ?? '', parted[2] ?? '', parted[3] ?? '')) return true
  if (/\d{1,2}(st|nd|rd|th)?[ ./_-]?[a-z]{3,9}[ ./_-]?\d{2,4}/i.test(value) && months.test(value)) return true
  return (value.match(/\d+/g) ?? []).some((run) => {
    if (run.length === 8)
      return isAnyDate(run.slice(0, 2), run.slice(2, 4), run.slice(4)) || isAnyDate(run.slice(0, 4), run.slice(4, 6), run.slice(6))
    if (declared) return false
    if (run.length === 6) return isAnyDate(run.slice(0, 2), run.slice(2, 4), run.slice(4))
    return run.length === 4 && /^(19|20[0-3])\d/.test(run) && /^[A-Za-z]{1,4}[ ./_-]?\d{4}$/.test(value)
  })
}

// Day first, month first or year first; two-digit years are taken as this century or the last.
function isAnyDate(one: string, two: string, three: string): boolean {
  const orders = [
    [three, two, one],
    [three, one, two],
    [one, two, three],
  ] as const
  return orders.some(([year, month, date]) => {
    if (year.length !== 4 && year.length !== 2) return false
    if (month.length > 2 || date.length > 2) return false
    const full = year.length === 2 ? `20${year}` : year
    const plausible = Number(full) >= 1920 && Number(full) <= 2050
    return plausible && isDay(`${full}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`)
  })
}

// A value without a digit is a name, initials or a word. With digits, a run of four letters or more that can be spoken is taken for one too:
// "Smith12" and "JSmith2" are refused, "KX20471" is not.
function isNameLike(value: string, declared: boolean): boolean {
  if (!/\d/.test(value)) return true
  const spoken = (value.match(/\p{L}{3,}/gu) ?? []).filter((run) => /[aeiouyàáâäèéêëìíîïòóôöùúûüŵŷ]/i.test(run))
  if (declared) return spoken.some((run) => run.length >= 5 || /^\p{Lu}\p{Ll}{2}/u.test(run))
  return spoken.some((run) => run.length >= 4 || /\p{Lu}\p{Ll}{2}/u.test(run) || /^\p{Ll}+$/u.test(run))
}
