// Narrowing the events read so far, and their codes in words.
import { actWords, isAct, isRole, roleLabels } from '@attune/policy'
import type { EventRow } from '@attune/contract'

export type EventFilter = { readonly action: string; readonly outcome: string; readonly role: string; readonly serviceId: string }
export const everyEvent: EventFilter = { action: '', outcome: '', role: '', serviceId: '' }

/** The events that fit all filters set; an empty word means "any". */
export function filterEvents(events: readonly EventRow[], filter: EventFilter): readonly EventRow[] {
  return events.filter((event) => (Object.keys(filter) as (keyof EventFilter)[]).every((name) => filter[name] === '' || event[name] === filter[name]))
}

/** The different values of a column, sorted by how they are said. */
export function valuesOf(events: readonly EventRow[], column: keyof EventFilter, words: (value: string) => string): readonly string[] {
  return [...new Set(events.map((event) => event[column]))].filter((value) => value !== '').sort((a, b) => words(a).localeCompare(words(b), 'en-GB'))
}

const capital = (words: string) => words.charAt(0).toLocaleUpperCase('en-GB') + words.slice(1)

/** An action in words, such as "Open a session record"; one that the policy has no words for as its code reads. */
export function sayAction(action: string): string {
  if (isAct(action)) return capital(actWords[action])
  const [noun = action, verb] = action.split('.')
  const spaced = (word: string) => word.replaceAll('-', ' ')
  return verb === undefined ? capital(spaced(noun)) : capital(`${spaced(noun)}: ${spaced(verb)}`)
}

// Who is not acting under a role: somebody at the door, and Attune's own clocks.
const withoutRole: { readonly [role: string]: string } = { door: 'At sign-in', system: 'Attune itself' }

export const sayRole = (role: string): string => (isRole(role) ? capital(roleLabels[role]) : (withoutRole[role] ?? capital(role)))
