import type { BreachKind } from '@attune/policy'
import type { Breach } from '../../store/breaches/breaches.ts'

/** How people name an incident. */
export const referenceOf = ({ number, recordedAt }: Pick<Breach, 'number' | 'recordedAt'>): string =>
  `Incident ${recordedAt.getUTCFullYear()}-${String(number).padStart(3, '0')}`

export const kindWords: { readonly [kind in BreachKind]: string } = {
  seen: 'data may have been seen by somebody who should not see it',
  lost: 'data was lost',
  changed: 'data was changed by mistake or by somebody who should not',
  unavailable: 'data could not be reached for a time',
}
