// What a stranger might send: words that mean something to a parser, bytes that mean nothing, and sound input with a few places spoilt.
import fc from 'fast-check'

export const hostileWords = [
  '',
  ' ',
  '\0',
  '%00',
  '\r\n',
  '\u202e',
  '\ufeff',
  '\ud800',
  '../../etc/passwd',
  '..\\..\\win.ini',
  '%2e%2e%2f',
  "' or 1=1 --",
  '"; drop table answers.records; --',
  '$1',
  '${jndi:ldap://x}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '<svg onload=alert(1)>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '=HYPERLINK("http://evil.example")',
  "+1+cmd|' /C calc'!A0",
  '@SUM(1)',
  '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
  ']]>',
  '&b;',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'NaN',
  'Infinity',
  '1e309',
  '-0',
  '9007199254740993',
  '2026-02-30',
  '0000-00-00',
  'null',
  'true',
  '[]',
  '{}',
  '(((((((((((((((((((((((((((((',
  'a'.repeat(5_000),
  '😀'.repeat(300),
] as const

/** A text of any kind, rather often one that has hurt somebody. */
export const hostileText = (): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...hostileWords) },
    { weight: 2, arbitrary: fc.string({ maxLength: 40, unit: 'binary' }) },
    { weight: 1, arbitrary: fc.array(fc.constantFrom(...hostileWords), { maxLength: 4 }).map((words) => words.join('')) },
  )

/** A sound text with up to four places cut, doubled, or replaced by something hostile. */
export const spoilt = (sound: string): fc.Arbitrary<string> =>
  fc
    .array(
      fc.record({
        at: fc.nat({ max: Math.max(0, sound.length) }),
        length: fc.nat({ max: 30 }),
        how: fc.constantFrom('cut', 'twice', 'other'),
        other: hostileText(),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((changes) =>
      changes.reduce((text, { at, length, how, other }) => {
        const piece = text.slice(at, at + length)
        return text.slice(0, at) + (how === 'cut' ? '' : how === 'twice' ? piece + piece : other) + text.slice(at + length)
      }, sound),
    )
