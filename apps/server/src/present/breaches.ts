import type { BreachRow, BreachView } from '@attune/contract'
import type { BreachKind, BreachRisk, BreachTracks } from '@attune/policy'

type Facts = {
  readonly reference: string
  readonly serviceNames: readonly string[]
  readonly tracks: BreachTracks
  readonly breach: {
    readonly breachId: string
    readonly kind: BreachKind
    readonly foundAt: Date
    readonly happenedFrom: string
    readonly happenedUntil: string
    readonly recordedAt: Date
    readonly risk: BreachRisk | null
    readonly likelihood: number | null
    readonly severity: number | null
    readonly regulatorToldAt: Date | null
    readonly individualsToldAt: Date | null
    readonly closedAt: Date | null
    readonly servicesLeft: readonly string[]
    readonly words: {
      readonly what: string
      readonly reasons?: string
      readonly regulatorReference?: string
      readonly lateBecause?: string
      readonly lessons?: string
    }
  }
  readonly affected: readonly {
    readonly serviceId: string
    readonly serviceName: string
    readonly opened: number
    readonly withinReach: number
    readonly clients: number
    readonly practitioners: number
  }[]
}

export function presentBreachRow({ reference, breach, tracks, affected, serviceNames }: Facts): BreachRow {
  return {
    breachId: breach.breachId,
    reference,
    kind: breach.kind,
    foundAt: breach.foundAt.toISOString(),
    dueAt: tracks.dueAt,
    risk: breach.risk,
    regulator: tracks.regulator,
    individuals: tracks.individuals,
    services: [...serviceNames],
    records: affected.reduce((sum, one) => sum + one.opened + one.withinReach, 0),
    closedAt: breach.closedAt?.toISOString() ?? null,
  }
}

type OpenFacts = Facts & {
  readonly recordedBy: string
  readonly notices: readonly { readonly toRole: string; readonly serviceName: string; readonly what: string; readonly sentAt: Date }[]
  readonly letters: number
  readonly lettersSent: number
}

export function presentBreach(facts: OpenFacts): BreachView {
  const { breach, recordedBy, notices, letters, lettersSent, affected } = facts
  const { what, reasons, regulatorReference, lateBecause, lessons } = breach.words
  return {
    ...presentBreachRow(facts),
    happenedFrom: breach.happenedFrom,
    happenedUntil: breach.happenedUntil,
    recordedAt: breach.recordedAt.toISOString(),
    recordedBy,
    what,
    likelihood: breach.likelihood,
    severity: breach.severity,
    reasons: reasons ?? null,
    regulatorToldAt: breach.regulatorToldAt?.toISOString() ?? null,
    regulatorReference: regulatorReference ?? null,
    lateBecause: lateBecause ?? null,
    individualsToldAt: breach.individualsToldAt?.toISOString() ?? null,
    lessons: lessons ?? null,
    affected: affected.map(({ serviceId, serviceName, opened, withinReach, clients, practitioners }) => ({
      serviceId,
      serviceName,
      opened,
      withinReach,
      clients,
      practitioners,
    })),
    servicesLeft: breach.servicesLeft.length,
    letters,
    lettersSent,
    notices: notices.map(({ toRole, serviceName, what: about, sentAt }) => ({ to: toRole, serviceName, what: about, sentAt: sentAt.toISOString() })),
  }
}
