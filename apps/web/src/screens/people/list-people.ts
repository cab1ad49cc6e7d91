// The list of people as the screen shows it: searched, and sorted by what they do.
import type { PersonView } from '@attune/contract'
import { roles } from '@attune/policy'

const byName = new Intl.Collator('en-GB', { sensitivity: 'base' })

/** People whose role runs, or whose role ended; those that match the words typed, by role and then by name. */
export function listPeople(
  people: readonly PersonView[],
  which: { readonly words: string; readonly serviceId: string; readonly ended: boolean },
): readonly PersonView[] {
  const words = which.words.trim().toLocaleLowerCase('en-GB')
  return people
    .filter((person) => (person.endedAt !== null) === which.ended)
    .filter((person) => which.serviceId === '' || person.serviceId === which.serviceId)
    .filter((person) => words === '' || `${person.displayName} ${person.email}`.toLocaleLowerCase('en-GB').includes(words))
    .sort((a, b) =>
      which.ended
        ? (a.endedAt ?? '') < (b.endedAt ?? '')
          ? 1
          : -1
        : roles.indexOf(a.role) - roles.indexOf(b.role) || byName.compare(a.displayName, b.displayName),
    )
}

/** Open invitations that match the same words and service. */
export function listInvitations<T extends { readonly email: string; readonly serviceId: string }>(
  invitations: readonly T[],
  which: { readonly words: string; readonly serviceId: string },
): readonly T[] {
  const words = which.words.trim().toLocaleLowerCase('en-GB')
  return invitations.filter(
    ({ email, serviceId }) => (which.serviceId === '' || serviceId === which.serviceId) && email.toLocaleLowerCase('en-GB').includes(words),
  )
}
