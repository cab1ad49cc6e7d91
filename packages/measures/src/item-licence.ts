// The licence key file of an item pack: which services may ask a measure item by item, until when, and exactly which wording. It is what the
// installation declares about an agreement with the measure's owner; it is no lock, and the event log says when it was read and when it ended.
import { FieldReader } from './field-reader.ts'
import type { ScaleIssue } from './field-reader.ts'

export type ItemLicence = {
  /** The measure's id. */
  readonly scale: string
  /** Who granted it and under which number, as the agreement says. */
  readonly grantedBy: string
  readonly number: string
  /** Ids of the services that hold it. */
  readonly services: readonly string[]
  /** First and last day, as YYYY-MM-DD in London's time; both count. */
  readonly from: string
  readonly until: string
  /** SHA-256 of the pack file, in hexadecimal: no other wording than the one that was agreed. */
  readonly packHash: string
}

/** Reads a licence key (already parsed YAML). Returns it, or every issue with the field and what to write instead. */
export function parseItemLicence(value: unknown): { readonly licence: ItemLicence } | { readonly issues: readonly ScaleIssue[] } {
  const issues: ScaleIssue[] = []
  const read = new FieldReader(value, '', issues)
  read.onlyFields(['scale', 'grantedBy', 'number', 'services', 'from', 'until', 'packHash'])
  const day = (field: string) => {
    const text = read.text(field)
    if (text !== '' && !isDay(text)) read.issue(field, 'write a day as YYYY-MM-DD')
    return text
  }
  const licence: ItemLicence = {
    scale: read.text('scale'),
    grantedBy: read.text('grantedBy'),
    number: read.text('number'),
    services: read.texts('services'),
    from: day('from'),
    until: day('until'),
    packHash: read.text('packHash').toLowerCase(),
  }
  if (licence.services.length === 0) read.issue('services', 'name at least one service by its id')
  if (!/^[0-9a-f]{64}$/.test(licence.packHash)) read.issue('packHash', 'write the SHA-256 of the pack file: 64 hexadecimal digits')
  if (isDay(licence.from) && isDay(licence.until) && licence.from > licence.until) read.issue('until', 'the last day is before the first')
  return issues.length > 0 ? { issues } : { licence }
}

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

/** How a licence stands on a day: `held`, or why it is not. */
export const licenceStandings = ['held', 'not-yet', 'over'] as const
export type LicenceStanding = (typeof licenceStandings)[number]

/** The standing of a licence on a day (YYYY-MM-DD). The last day counts. */
export function findStanding({ from, until }: ItemLicence, day: string): LicenceStanding {
  if (day < from) return 'not-yet'
  return day > until ? 'over' : 'held'
}
