// The workbench for themes: words without identity go out one page at a time and are kept nowhere; counts come back.
import { Type, type Static } from 'typebox'
import { CountCell } from './report.ts'
import { closed, Day, Uuid } from './words.ts'

const Quarter = Type.String({ pattern: '^\\d{4}-Q[1-4]$' })
const Question = Type.String({ minLength: 1, maxLength: 100 })

export const ThemeTextsQuery = closed({
  /** Left out: the first that may be read. */
  question: Type.Optional(Question),
  from: Type.Optional(Quarter),
  until: Type.Optional(Quarter),
  /** Where the page before ended. */
  after: Type.Optional(Type.String({ maxLength: 400 })),
})
export const ThemeTextsPage = closed({
  texts: Type.Array(Type.String(), { description: 'what may say who somebody is has been replaced; nothing links a text to a record' }),
  next: Type.Union([Type.String(), Type.Null()]),
})
export type ThemeTextsPage = Static<typeof ThemeTextsPage>

export const ThemeCountsNew = closed({
  question: Question,
  /** Left out: everything before `until`. */
  from: Type.Optional(Quarter),
  until: Quarter,
  textsRead: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  themes: Type.Array(
    closed({
      /** A label, not a sentence: there is no room for a quotation. */
      theme: Type.String({ minLength: 2, maxLength: 40, pattern: '^\\S+( \\S+){0,4}$' }),
      count: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
    }),
    { minItems: 1, maxItems: 60 },
  ),
})
export type ThemeCountsNew = Static<typeof ThemeCountsNew>

export const Coding = closed({
  codingId: Uuid,
  question: Type.String(),
  label: Type.String(),
  from: Type.String(),
  until: Type.String(),
  savedOn: Day,
  textsRead: CountCell,
  themes: Type.Array(closed({ theme: Type.String(), count: CountCell })),
})
export const ThemesPage = closed({
  questions: Type.Array(closed({ question: Type.String(), label: Type.String() })),
  /** Quarters that may be read: those that are released. */
  lastQuarter: Type.String(),
  codings: Type.Array(Coding),
})
export type ThemesPage = Static<typeof ThemesPage>
