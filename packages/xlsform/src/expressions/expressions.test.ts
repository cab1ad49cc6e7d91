import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isComputed } from '../question-draft.ts'
import { parseXPath } from './parse-xpath.ts'
import { parseReferences } from './references.ts'
import { toPlacedReferences } from './reference-surroundings.ts'

describe('an expression that can be read', () => {
  it.each([
    ['. > 5'],
    ["selected(${a}, 'x')"],
    ['-${a} + - 1'],
    ['position(..) - 1'],
    ["instance('t')/root/item[name = current()/../a]/label"],
    ['../a/b[1]/@c'],
    ['/data/a'],
    ['/'],
    ['//a'],
    ['a//b'],
    ["if(${a} = '', 'x', concat('a', \"b\"))"],
    ['${a}[1]/b'],
    ['(1 + 2) * 3 div 4 mod 5'],
    ['not(true()) or false() and 1 != 2'],
    ['*'],
    ['a | b'],
    ['child::a/text()'],
    ['div div mod'],
    ['2 * *'],
    ['.5 + 5.'],
    ['jr:choice-name(${a}, "${a}")'],
    ['count(${r}) >= 1'],
    ['now()'],
    ['a-b.c'],
    ['current()/.'],
    ['processing-instruction("x")'],
  ])('%s', (text) => expect(parseXPath(text)).toMatchObject({ ok: true }))
})

describe('an expression that cannot', () => {
  it.each([
    ['1 +', 2],
    ['(1', 1],
    ['1)', 1],
    ['a b', 2],
    ['${a} ${b}', 5],
    ["'open", 0],
    ['1 == 2', 3],
    ['1 <> 2', 3],
    ['concat(,)', 7],
    ['f(1,)', 4],
    ['a[', 1],
    ['a[1', 2],
    ['$x', 0],
    ['a &amp; b', 2],
    ['', 0],
    ['and', 3],
    ['1 and', 2],
    ['a::', 1],
    ['text(1)', 5],
    ['"a" "b"', 4],
  ])('%s', (text, at) => expect(parseXPath(text)).toEqual(text === 'and' ? { ok: true, calls: [] } : { ok: false, at }))

  it('one nested deeper than anybody writes', () => expect(parseXPath(`${'('.repeat(200)}1${')'.repeat(200)}`).ok).toBe(false))

  it('any text is read or refused, and what is read names its calls', () => {
    const piece = fc.constantFrom('(', ')', '[', ']', '1', 'a', '${a}', "'x'", ' and ', '*', '-', '/', '..', '.', ',', 'f(', ' ', '=', '@', '::', '|')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('')
        const parse = parseXPath(text)
        if (parse.ok) expect(parse.calls.length).toBeLessThanOrEqual(text.split('(').length - 1)
        else expect(parse.at).toBeLessThanOrEqual(text.length)
      }),
      { seed: 20261122, numRuns: 3_000 },
    )
  })
})

describe('a default', () => {
  it.each([
    ['5', 'integer', false],
    ['-5', 'integer', false],
    ['foo', 'text', false],
    ['a-b', 'text', false],
    ['a - b', 'text', true],
    ['1 + 1', 'integer', true],
    ['2020-01-01', 'date', false],
    ['now()', 'dateTime', true],
    ['${a}', 'text', true],
    ['jr://images/a.png', 'image', false],
    ["'quoted + text'", 'text', false],
    ['12:30:00', 'time', false],
    ['-1.5 2.5 0 0', 'geopoint', false],
    ['a|b', 'text', true],
    ['x/y', 'text', false],
    ['today() - 1', 'date', true],
  ])('%s of a %s question: computed is %s', (text, type, isDynamic) => expect(isComputed(text, type)).toBe(isDynamic))
})

describe('references', () => {
  it('are found with their places, and broken ones noticed', () => {
    expect(parseReferences('${a} + ${last-saved#b.c}')).toEqual({
      references: [
        { name: 'a', lastSaved: false, start: 0, end: 4 },
        { name: 'b.c', lastSaved: true, start: 7, end: 24 },
      ],
      isBroken: false,
    })
    expect([
      parseReferences('${a').isBroken,
      parseReferences('${a b}').isBroken,
      parseReferences('${}').isBroken,
      parseReferences('$ {a}').isBroken,
    ]).toEqual([true, true, true, false])
  })

  it('know whether they stand in a predicate of a list, and in which argument of indexed-repeat', () => {
    const at = (text: string) =>
      toPlacedReferences(text).map(({ isInInstancePredicate, indexedRepeatArgument }) => [isInInstancePredicate, indexedRepeatArgument])
    expect(at("instance('t')/root/item[name = ${a}]/x + ${b}")).toEqual([
      [true, undefined],
      [false, undefined],
    ])
    expect(at('indexed-repeat(${a}, ${r}, position(${b}, 1)) + ${c}')).toEqual([
      [false, 0],
      [false, 1],
      [false, 2],
      [false, undefined],
    ])
  })
})
