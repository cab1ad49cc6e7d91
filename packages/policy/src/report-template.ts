// What reports are made for: each template names its use and the sections that serve it, and each section the parts of a report that it shows.
// The uses of results are a matter of the policy (DCS-089, DCS-093); a service puts its own selection beside them (DCS-090).

/** What a report consists of. `themes` is what clients said has helped, by the form's own list; `goals` the movement towards their goals. */
export const reportParts = ['people', 'completion', 'ages', 'modes', 'support', 'measures', 'goals', 'themes', 'practitioners'] as const
export type ReportPart = (typeof reportParts)[number]

export type ReportSection = { readonly id: string; readonly label: string; readonly use: string; readonly parts: readonly ReportPart[] }

export type ReportTemplate = {
  readonly id: string
  /** Made from one service's rows, or over all services. */
  readonly scope: 'service' | 'national'
  readonly label: string
  /** What it is for, in one sentence: stands on the page and in the log of what was shown. */
  readonly use: string
  readonly sections: readonly ReportSection[]
}

export const isReportPart = (word: string): word is ReportPart => (reportParts as readonly string[]).includes(word)

/** The parts that any section of a template shows, each once. */
export function partsOf(template: Pick<ReportTemplate, 'sections'>): readonly ReportPart[] {
  const named = new Set(template.sections.flatMap((section) => section.parts))
  return reportParts.filter((part) => named.has(part))
}
