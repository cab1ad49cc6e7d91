// No English sentence says "1 records": each that takes a count is said with one of everything.
import { expect, it } from 'vitest'
import { english } from './en.ts'

const nouns =
  'records|services|letters|texts|rows|events|clients|practitioners|sessions|days|months|years|hours|minutes|requests|findings|questions|places|people|files|forms|codes|devices|decisions|accounts|answers|entries|copies|keys|pages|drafts|marks'
const wrong = new RegExp(`(?<![\\d.,/-])1 (?:(?:working|more|other) )?(?:${nouns})\\b`)

/** What a message says when everything that it is given is one; undefined where that is not something it can be given. */
function sayOne(message: (facts: never) => string, one: number | string): string | undefined {
  try {
    return String(message(new Proxy({}, { get: () => one }) as never))
  } catch {
    return undefined
  }
}

it('with one of everything every sentence says so', () => {
  const messages = Object.entries(english as Readonly<Record<string, unknown>>).flatMap(([key, message]) =>
    typeof message === 'function' ? [[key, message as (facts: never) => string] as const] : [],
  )
  expect(messages.length).toBeGreaterThan(100)
  // Some are given a number, others the number as it is shown. The fewest that may be counted at all (“fewer than”) is never one.
  const said = messages.map(([key, message]) => [key, ...[1, '1'].map((one) => sayOne(message, one))] as const)
  const isWrong = (text: string | undefined) => text !== undefined && wrong.test(text) && !/fewer/i.test(text)
  expect(said.filter(([, ...texts]) => texts.every(isWrong)).map(([key, , text]) => [key, text])).toEqual([])
})
