// What a move, or leaving, does: what ends, what stays and what begins, in the order in which people ask for it.
import { say } from '../../messages/index.ts'

export type MoveEffect = { readonly kind: 'ends' | 'stays' | 'begins'; readonly says: string }

/** `to` is null for leaving. The years for which a name stays on a record are the policy's. */
export function toEffects({ from, to, years }: { from: string; to: string | null; years: number }): readonly MoveEffect[] {
  const goes: readonly MoveEffect[] = [
    { kind: 'ends', says: say('move.ends', { service: from }) },
    { kind: 'ends', says: say('move.consent') },
    { kind: 'stays', says: say('move.records', { service: from, years }) },
  ]
  const told: MoveEffect = { kind: 'stays', says: say('move.told', { service: from }) }
  if (to === null) return [...goes, told]
  return [
    ...goes,
    { kind: 'stays', says: say('move.clients', { service: to }) },
    { kind: 'begins', says: say('move.begins', { service: to }) },
    { kind: 'begins', says: say('move.signs', { service: to }) },
    told,
  ]
}
