import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { checkClientCode, codeSymbols, generateClientCode, showClientCode, toClientCode, type RandomBytes } from './client-code.ts'
import { checkCodePattern } from './code-pattern.ts'
import { isNhsNumber } from './identity-value.ts'

// A small deterministic source (xorshift32), so that a failure can be repeated.
function seededBytes(seed: number): RandomBytes {
  let state = seed
  return (count) =>
    Uint8Array.from({ length: count }, () => {
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      return (state >>> 11) & 255
    })
}

const make = (seed = 20_250_601) => {
  const randomBytes = seededBytes(seed)
  return () => generateClientCode(randomBytes, { symbols: 10 })
}
const because = (code: string, options: Parameters<typeof checkClientCode>[1]) => {
  const decision = checkClientCode(code, options)
  return decision.allowed ? 'allowed' : decision.because
}

describe('a client code made by the form', () => {
  it('DCS-044, DCS-118: made 100,000 times with no network in reach, it is never made twice, passes its own check, and holds no date, no service and no look-alikes', () => {
    const reached = vi.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.reject(new Error('offline')))
    const next = make()
    const codes = Array.from({ length: 100_000 }, next)
    expect(new Set(codes).size).toBe(100_000)
    expect(codes.filter((code) => because(code, { source: 'form' }) !== 'allowed')).toEqual([])
    expect(codes.filter((code) => !/^[23456789CDFHJKMNPQRTVWX]{10}$/.test(code))).toEqual([])
    // Without 0 and 1 no year, month or ISO date can be written; without vowels no word, so neither place nor service.
    expect(codes.filter((code) => /[01]|[AEIOU]/.test(code))).toEqual([])
    expect(reached).not.toHaveBeenCalled()
    reached.mockRestore()
  })

  it('uses every symbol about equally often', () => {
    const next = make(7)
    const counts = new Map<string, number>()
    for (let round = 0; round < 20_000; round += 1) for (const symbol of next()) counts.set(symbol, (counts.get(symbol) ?? 0) + 1)
    const usual = 200_000 / codeSymbols.length
    expect(counts.size).toBe(codeSymbols.length)
    for (const count of counts.values()) expect(Math.abs(count - usual)).toBeLessThan(usual * 0.06)
  })

  it('has at most 22 symbols: with 23 a wrong first symbol would pass, because its weight is a multiple of 23', () => {
    const code = generateClientCode(seededBytes(3), { symbols: 22 })
    for (const symbol of codeSymbols)
      expect(because(symbol + code.slice(1), { source: 'form', symbols: 22 })).toBe(symbol === code[0] ? 'allowed' : 'client-code-check')
    expect(() => generateClientCode(seededBytes(3), { symbols: 23 })).toThrow('4 to 22 symbols')
  })

  it('catches every single wrong symbol and every swap of neighbours', () => {
    const next = make(11)
    for (let round = 0; round < 200; round += 1) {
      const code = next()
      for (let at = 0; at < code.length; at += 1) {
        for (const symbol of codeSymbols) {
          if (symbol !== code[at]) expect(because(code.slice(0, at) + symbol + code.slice(at + 1), { source: 'form' })).toBe('client-code-check')
        }
        const [one, other] = [code[at], code[at + 1]]
        if (other !== undefined && one !== other)
          expect(because(code.slice(0, at) + other + one + code.slice(at + 2), { source: 'form' })).toBe('client-code-check')
      }
    }
  })

  it('is shown in groups and read back with gaps, hyphens and small letters', () => {
    const code = make(3)()
    expect(showClientCode(code)).toBe(`${code.slice(0, 4)} ${code.slice(4, 8)} ${code.slice(8)}`)
    expect(toClientCode(` ${showClientCode(code).toLowerCase().replaceAll(' ', '-')} `, 'form')).toBe(code)
    expect(because(showClientCode(code).toLowerCase(), { source: 'form' })).toBe('allowed')
  })

  it('does not depend on bytes that would make some symbols likelier', () => {
    // 253 to 255 are the incomplete last run of 23 and are thrown away.
    const bytes = [255, 254, 253, 0, 1, 2, 3, 4, 5, 6, 7, 8]
    const code = generateClientCode((count) => Uint8Array.from(bytes.splice(0, count)), { symbols: 10 })
    expect(code.slice(0, 9)).toBe(codeSymbols.slice(0, 9))
  })

  it.each([
    ['', 'client-code-missing'],
    ['K7M4', 'client-code-length'],
    ['O0O0O0O0O0', 'client-code-symbol'],
    ['K7M42XQ9PDK7M42XQ9PD', 'client-code-length'],
  ])('"%s" is refused: %s', (code, reason) => {
    expect(because(code, { source: 'form' })).toBe(reason)
  })
})

describe('a code of the service', () => {
  // The numbers of the NHS, of National Insurance and of phones are made up or from ranges kept for examples.
  it.each([
    ['JohnSmith', 'name'],
    ['john', 'name'],
    ["Mary O'Neil", 'name'],
    ['Siân Ŵyn', 'name'],
    ['JB', 'name'],
    ['JSmith2', 'name'],
    ['smith_12', 'name'],
    ['12/03/2019', 'date'],
    ['2019-03-12', 'date'],
    ['120319', 'date'],
    ['12032019', 'date'],
    ['12 March 2019', 'date'],
    ['12mar19', 'date'],
    ['JB2019', 'date'],
    ['A-12.3.19', 'date'],
    ['943 476 5919', 'nhs-number'],
    ['9434765919', 'nhs-number'],
    ['C9434765919', 'nhs-number'],
    ['NHS-943-476-5919', 'nhs-number'],
    ['07700 900123', 'phone'],
    ['+44 7700 900123', 'phone'],
    ['sam@service.example', 'email'],
    ['QQ123456C', 'national-number'],
    ['SW1A 1AA', 'postcode'],
  ])('DCS-043: "%s" looks like a %s and is refused with a sentence', (code, kind) => {
    const decision = checkClientCode(code, { source: 'service' })
    expect(decision).toMatchObject({ allowed: false, because: `client-code-${kind}` })
    expect(decision.allowed ? '' : decision.sentence).toMatch(/code|client/)
    expect(decision.allowed ? '' : decision.sentence).not.toContain(code)
  })

  it.each([
    ['VIG-0042', '"VIG"-9999'],
    ['FAMILY-0042', '"FAMILY"-9999'],
    ['vig-0042', '"VIG"-9999'],
    ['AB20471', 'AA99999'],
    ['ab20471', 'AA99999'],
    ['abe-0042', 'AAA-9999'],
    ['120319', '999999'],
    ['X7Q', 'X9X'],
    ['0042/B', '9999/A or 9999'],
    ['0042', '9999/A or 9999'],
  ])('DCS-043: "%s" matches the pattern %s that the service declared and is accepted', (code, pattern) => {
    expect(checkClientCode(code, { source: 'service', pattern })).toEqual({ allowed: true })
  })

  it.each(['VIG-42', 'VIG-00423', ' VIG 0042', 'XVIG-0042'])('DCS-043: "%s" does not match the declared pattern and is refused', (code) => {
    expect(because(code, { source: 'service', pattern: '"VIG"-9999' })).toBe('client-code-pattern')
  })

  it('is one and the same in capitals and in small letters', () => {
    expect(toClientCode(' vig-0042 ', 'service')).toBe(toClientCode('VIG-0042', 'service'))
  })

  it('DCS-043: an NHS number, a full date and a phone number are refused even where the declared pattern would let them pass', () => {
    expect(because('9434765919', { source: 'service', pattern: '9999999999' })).toBe('client-code-nhs-number')
    expect(because('12032019', { source: 'service', pattern: '99999999' })).toBe('client-code-date')
    expect(because('07700900123', { source: 'service', pattern: '99999999999' })).toBe('client-code-phone')
  })

  it.each(['KX20471', 'C/2041-7', 'fm.00982'])('"%s" is accepted where the service declared no pattern', (code) => {
    expect(because(code, { source: 'service' })).toBe('allowed')
  })

  it('is refused when it is longer than 40 symbols or has gaps', () => {
    expect(because(`A${'1'.repeat(45)}`, { source: 'service' })).toBe('client-code-length')
    expect(because('A1 B2 C3', { source: 'service' })).toBe('client-code-pattern')
  })

  it('never takes long, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2000 }), fc.option(fc.string({ maxLength: 60 }), { nil: undefined }), (code, pattern) => {
        const decision = checkClientCode(code, { source: 'service', ...(pattern === undefined ? {} : { pattern }) })
        expect(typeof decision.allowed).toBe('boolean')
      }),
      { seed: 20_250_601, numRuns: 500 },
    )
  })
})

describe('a declared pattern', () => {
  it.each([
    ['AAAA', 'no digit'],
    ['9', 'too short'],
    ['vig9999', 'cannot be read'],
    ['"VIG-9999', 'cannot be read'],
  ])('%s is sent back: %s', (pattern, reason) => {
    expect(checkCodePattern(pattern).join(' ')).toContain(reason)
  })

  it('is fine with letters, digits, fixed words and alternatives', () => {
    expect(checkCodePattern('"VIG"-9999 or AA99X')).toEqual([])
  })
})

describe('an NHS number', () => {
  it.each([
    ['943 476 5919', true],
    ['943-476-5919', true],
    ['9434765918', false],
    ['1234567890', false],
    ['94347659', false],
  ])('%s: %s', (value, expected) => {
    expect(isNhsNumber(value)).toBe(expected)
  })
})
