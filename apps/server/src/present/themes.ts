// Counted themes on their way out: small counts hidden, the rest rounded, like every other count.
import type { ThemesPage } from '@attune/contract'
import { suppressCount } from '@attune/measures'
import type { Policy } from '@attune/policy'
import { toCount } from './measure-change.ts'
import { toDisclosureRules } from './report.ts'

type Coding = {
  readonly codingId: string
  readonly question: string
  readonly from: string
  readonly until: string
  readonly textsRead: number
  readonly savedAt: Date
  readonly themes: readonly { readonly theme: string; readonly count: number }[]
}

export function presentThemes(
  policy: Policy,
  questions: readonly { readonly question: string; readonly label: string }[],
  { lastQuarter, codings }: { readonly lastQuarter: string; readonly codings: readonly Coding[] },
  toDay: (instant: Date) => string,
): ThemesPage {
  const rules = toDisclosureRules(policy)
  return {
    questions: [...questions],
    lastQuarter,
    codings: codings.map(({ codingId, question, from, until, textsRead, savedAt, themes }) => ({
      codingId,
      question,
      label: questions.find((known) => known.question === question)?.label ?? question,
      from,
      until,
      savedOn: toDay(savedAt),
      textsRead: toCount(suppressCount(textsRead, rules)),
      themes: themes.map(({ theme, count }) => ({ theme, count: toCount(suppressCount(count, rules)) })),
    })),
  }
}
