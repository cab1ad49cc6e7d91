// Client codes (UIDs): made here, or brought along from the service's own system. A code stands for a client and says nothing about them.
// Made codes: 23 symbols without vowels, 0, 1 or any pair that looks alike; the last symbol makes the weighted sum of all a multiple of 23.
// 23 is prime, and the weights of up to 22 symbols all differ and are never 0, so every single wrong symbol and every swap of two is caught.
import { codePatternParts, isCodePatternMatched } from './code-pattern.ts'
import { allowed, refuse, type Decision } from './decision.ts'
import { identityIn } from './identity-value.ts'

export const codeSymbols = '23456789CDFHJKMNPQRTVWX'
const prime = codeSymbols.length
const groupLength = 4

/** Gives `count` random bytes from a secure source, for example crypto.getRandomValues. */
export type RandomBytes = (count: number) => Uint8Array

/**
 * Makes a client code of `symbols` symbols, the last of which checks the others. Works offline; says nothing about time, place or person.
 * @example generateClientCode(randomBytes, { symbols: 10 }) // 'K7M42XQ9PD'
 */
export function generateClientCode(randomBytes: RandomBytes, { symbols }: { readonly symbols: number }): string {
  if (!Number.isInteger(symbols) || symbols < 4 || symbols >= prime) throw new Error(`A client code has 4 to ${prime - 1} symbols`)
  // Bytes from the last, incomplete run of 23 are thrown away: otherwise some symbols would come up more often than others.
  const fair = 256 - (256 % prime)
  const digits: number[] = []
  while (digits.length < symbols - 1) {
    for (const byte of randomBytes(symbols)) if (byte < fair && digits.length < symbols - 1) digits.push(byte % prime)
  }
  digits.push((prime - weightedSum(digits)) % prime)
  return digits.map((digit) => codeSymbols[digit]).join('')
}

// The check symbol stands last with weight 1; the weights go up by one from the right, so none is 0 and no two are alike.
function weightedSum(digits: readonly number[], length = digits.length + 1): number {
  return digits.reduce((sum, digit, at) => (sum + digit * (length - at)) % prime, 0)
}

/** A code in groups of four, as it is shown and read aloud. */
export function showClientCode(code: string): string {
  return (code.match(new RegExp(`.{1,${groupLength}}`, 'gu')) ?? []).join(' ')
}

/**
 * A code as it is kept and compared: in capitals, so that "ab-12" and "AB-12" are one client; made codes without their gaps.
 * Always keep and look up the result of this, never what was typed.
 */
export function toClientCode(code: string, source: 'service' | 'form'): string {
  return (source === 'form' ? code.replace(/[\s-]/g, '') : code.trim()).toUpperCase()
}

/**
 * Decides whether a client code may be used. `source` says where it was made; `pattern` is what the service declared (see code-pattern.ts).
 * Refuses whatever looks like a name, an e-mail address, a phone number, a date, a postcode or a national number.
 */
export function checkClientCode(
  code: string,
  { source, pattern, symbols = 10 }: { readonly source: 'service' | 'form'; readonly pattern?: string; readonly symbols?: number },
): Decision {
  if (code.trim() === '') return refuse('client-code-missing')
  // What a name looks like depends on its capitals, so a service's code is looked at as it was typed.
  return source === 'form' ? checkMadeCode(toClientCode(code, source), symbols) : checkServiceCode(code.trim(), pattern)
}

function checkMadeCode(code: string, symbols: number): Decision {
  const digits = [...code].map((symbol) => codeSymbols.indexOf(symbol))
  if (digits.includes(-1)) return refuse('client-code-symbol')
  if (code.length !== symbols) return refuse('client-code-length', { symbols, given: code.length })
  if (weightedSum(digits, digits.length) !== 0) return refuse('client-code-check')
  return allowed
}

function checkServiceCode(code: string, pattern: string | undefined): Decision {
  if (code.length > 40) return refuse('client-code-length.own')
  const fixed = pattern === undefined ? [] : codePatternParts(pattern)
  const found = identityIn(code, { declared: pattern !== undefined, fixedWords: fixed })
  if (found !== undefined) return refuse(`client-code-${found}`)
  if (pattern !== undefined && !isCodePatternMatched(code, pattern)) {
    return refuse('client-code-pattern', { pattern })
  }
  if (pattern === undefined && !/^[A-Za-z0-9][A-Za-z0-9/_.-]{2,}$/.test(code)) {
    return refuse('client-code-pattern.none')
  }
  return allowed
}
