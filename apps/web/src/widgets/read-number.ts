/**
 * A number as people write it ("1,250", " 7 ", "−3") as a form writes it ("1250", "7", "-3"). Blank stays blank; undefined when it is no
 * number, or not a whole one where a whole one is asked for.
 */
export function readNumber(text: string, whole: boolean): string | undefined {
  const plain = text.trim().replaceAll('\u2212', '-')
  if (plain === '') return ''
  const match = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.(\d{1,15}))?$/.exec(plain) ?? /^([+-]?)()\.(\d{1,15})$/.exec(plain)
  if (match === null) return undefined
  const [, sign = '', units = '', parts] = match
  if (whole && parts !== undefined && /[1-9]/.test(parts)) return undefined
  const digits = (units.replaceAll(',', '') || '0').replace(/^0+(?=\d)/, '')
  return `${sign === '-' ? '-' : ''}${digits}${whole || parts === undefined ? '' : `.${parts}`}`
}
