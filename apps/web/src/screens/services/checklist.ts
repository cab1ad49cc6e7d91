// What a service lead has in place and what is left, from the service and its people as they are now.
import type { PeoplePage, ServiceView } from '@attune/contract'

export type ChecklistStep = 'terms' | 'support' | 'practitioners' | 'factors'
export type ChecklistItem = {
  readonly step: ChecklistStep
  readonly done: boolean
  /** Can be done now: nobody is enrolled before the terms are accepted. */
  readonly open: boolean
  /** For `factors`: people who lack their second step. */
  readonly count: number
}

/** The steps in the order in which they are taken. Naming data support is advised, not needed: a service may do without. */
export function toChecklist(service: ServiceView, people: PeoplePage): readonly ChecklistItem[] {
  const current = people.people.filter((person) => person.endedAt === null && person.serviceId === service.serviceId)
  const without = current.filter((person) => !person.secondFactor).length
  const open = service.processorTermsOn !== null
  return [
    { step: 'terms', done: service.processorTermsOn !== null && service.linkList !== null, open: true, count: 0 },
    { step: 'support', done: service.dataSupports > 0, open, count: service.dataSupports },
    { step: 'practitioners', done: service.practitioners > 0, open, count: service.practitioners },
    { step: 'factors', done: without === 0, open: true, count: without },
  ]
}
