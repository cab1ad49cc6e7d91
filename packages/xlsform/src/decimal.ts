/** An exact decimal: digits × 10^-places. */
export type Decimal = { readonly digits: bigint; readonly places: number }

const shape = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i

/** The number a text writes, exactly; undefined for anything that is no finite number, and for more than 100 signs. */
export function findDecimal(text: string): Decimal | undefined {
  const found = text.length > 100 ? null : shape.exec(text)
  if (found === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = found
  if (whole === '' && fraction === '') return undefined
  const digits = BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}` || '0')
  const places = fraction.length - Number(exponent)
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 }
}

export function compareDecimals(a: Decimal, b: Decimal): number {
  const { digits } = toDifference(a, b)
  return digits === 0n ? 0 : digits > 0n ? 1 : -1
}

export function toDifference(a: Decimal, b: Decimal): Decimal {
  const places = Math.max(a.places, b.places)
  return { digits: toDigits(a, places) - toDigits(b, places), places }
}

export function toAbsolute({ digits, places }: Decimal): Decimal {
  return { digits: digits < 0n ? -digits : digits, places }
}

/** Is `value` a whole number of `step`s? `step` is not zero. */
export function isMultiple(value: Decimal, step: Decimal): boolean {
  const places = Math.max(value.places, step.places)
  return toDigits(value, places) % toDigits(step, places) === 0n
}

export function isWhole(value: Decimal): boolean {
  return isMultiple(value, { digits: 1n, places: 0 })
}

function toDigits({ digits, places }: Decimal, wanted: number): bigint {
  return digits * 10n ** BigInt(wanted - places)
}
