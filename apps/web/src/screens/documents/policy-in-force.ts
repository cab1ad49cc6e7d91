import { shallowRef } from 'vue'
import { documentsOf, securityPage, type Policy, type PolicyDocument } from '@attune/policy'
import { call } from '../../api.ts'
import { Refusal } from '../../refusal.ts'

export type InForce =
  | { readonly is: 'fetching' }
  | { readonly is: 'here'; readonly documents: readonly PolicyDocument[] }
  | { readonly is: 'refused'; readonly refusal: Refusal }

const state = shallowRef<InForce>({ is: 'fetching' })

async function fetchPolicy(): Promise<void> {
  state.value = { is: 'fetching' }
  try {
    // The server sends the checked policy as it is; every page is printed from it here.
    const policy = (await call('GET /api/policy')) as Policy
    const documents = documentsOf(policy)
    // How the measures stand is asked separately: without an answer the page says what is meant to hold and claims nothing about this moment.
    const controls = await call('GET /api/controls').catch(() => undefined)
    const states = new Map(controls?.controls.map(({ measure, state: now }) => [measure, now]))
    const security = securityPage(policy, states)
    state.value = { is: 'here', documents: documents.map((document) => (document.id === security.id ? security : document)) }
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure
    state.value = { is: 'refused', refusal: failure }
  }
}

/** The documents of the policy in force, fetched once and again after a refusal. */
export function usePolicyInForce() {
  if (state.value.is !== 'here') void fetchPolicy()
  return { state, again: fetchPolicy }
}
