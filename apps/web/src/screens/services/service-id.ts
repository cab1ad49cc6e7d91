// The canonical id of a service: made once from its first name and never changed, so that records stay joined through every rename.
import { checkCodePattern } from '@attune/policy'

const shape = /^[a-z][a-z0-9-]{1,40}$/
/** The id that stands for the organisation running the programme; no service may have it. */
const reserved = 'operator'

/** A fitting id for a name; empty when the name has no letter to start with. */
export function suggestServiceId(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/&/g, ' and ')
    .replaceAll(/[’']/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 41)
    .replace(/-+$/, '')
}

export type NewServiceProblem =
  | { readonly field: 'name' | 'id' | 'pattern'; readonly code: 'name-missing' | 'name-length' | 'id-wrong' | 'id-taken' }
  | { readonly field: 'pattern'; readonly says: string }

/** What is wrong with a service about to be added. */
export function checkNewService(
  service: { readonly name: string; readonly id: string; readonly pattern: string },
  taken: readonly string[],
): readonly NewServiceProblem[] {
  const problems: NewServiceProblem[] = []
  const name = service.name.trim()
  if (name === '') problems.push({ field: 'name', code: 'name-missing' })
  else if (name.length < 2 || name.length > 120) problems.push({ field: 'name', code: 'name-length' })
  if (!shape.test(service.id)) problems.push({ field: 'id', code: 'id-wrong' })
  else if (service.id === reserved || taken.includes(service.id)) problems.push({ field: 'id', code: 'id-taken' })
  const pattern = service.pattern.trim()
  if (pattern !== '') problems.push(...checkCodePattern(pattern).map((says) => ({ field: 'pattern' as const, says })))
  return problems
}

/** Domains as people write them into one line: with commas, spaces or an "@" before them. */
export function splitDomains(typed: string): string[] {
  const domains = typed
    .split(/[\s,;]+/)
    .map((one) => one.replace(/^@/, '').toLowerCase())
    .filter((one) => one !== '')
  return [...new Set(domains)]
}
