// A printed page before it has a look: headings, sentences, tables. Screens, paper and the PDF draw it; the words come from the policy alone.
import type { Contact, Policy, Regulator } from '../policy.ts'

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly caption: string; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  /** A line to write or sign on; `ticks` gives boxes to tick. */
  | { readonly kind: 'line'; readonly label: string }
  | { readonly kind: 'ticks'; readonly label: string; readonly choices: readonly string[] }

export type DocumentSection = { readonly heading: string; readonly blocks: readonly Block[] }

export type PolicyDocument = {
  readonly id: string
  readonly title: string
  /** For whom it is written, in a few words. */
  readonly audience: string
  /** Who operates the programme: stands at the head of every page (DCS-002). */
  readonly operator: string
  readonly edition: string
  readonly lastChangedOn: string
  readonly sections: readonly DocumentSection[]
  /** Contact, edition and day, at the foot of every page. */
  readonly footer: string
}

export const paragraph = (text: string): Block => ({ kind: 'paragraph', text })
export const list = (items: readonly string[]): Block => ({ kind: 'list', items })
export const table = (caption: string, columns: readonly string[], rows: readonly (readonly string[])[]): Block => ({
  kind: 'table',
  caption,
  columns,
  rows,
})
export const line = (label: string): Block => ({ kind: 'line', label })
export const ticks = (label: string, choices: readonly string[]): Block => ({ kind: 'ticks', label, choices })

/** A contact in one line, as it is printed. */
export function contactLine(contact: Contact | Regulator): string {
  const email = 'email' in contact ? contact.email : undefined
  return [contact.name, email, contact.phone, contact.address, contact.website].filter((part) => part !== undefined).join(', ')
}

/** The day of the last change, or of the edition when nothing has changed since. */
export function lastChangedOn(policy: Policy): string {
  return policy.changes.reduce((latest, change) => (change.on > latest ? change.on : latest), policy.editionOn)
}
