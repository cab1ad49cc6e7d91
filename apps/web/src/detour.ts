import type { RouteLocationNormalized, RouteLocationRaw } from 'vue-router'
import { grant, session } from './session/session.ts'
import { vault } from './vault/index.ts'

/** What is asked of a place before it is opened. */
export type Place = Pick<RouteLocationNormalized, 'fullPath' | 'name' | 'meta'>

/** Where somebody has to go first, if anywhere. The server guards every fact; this only spares people a refused page. */
export function findDetour(to: Place): RouteLocationRaw | undefined {
  if (to.meta.open === true) return undefined
  const back = to.fullPath === '/' ? {} : { back: to.fullPath }
  const state = session.value
  if (state.is === 'unknown' || state.is === 'signed-out') return { name: 'sign-in', query: back }
  if (state.is === 'unreachable') return vault.state.value === 'none' ? { name: 'sign-in', query: back } : { name: 'unlock', query: back }
  if (state.is === 'half') return to.meta.half === true ? undefined : { name: hasFactor() ? 'second-step' : 'set-up-factor', query: back }
  if (to.meta.onDevice === true && vault.state.value !== 'open') return { name: 'unlock', query: back }
  if (state.is === 'on-device' && to.meta.onDevice !== true && to.name !== 'home' && to.name !== 'unlock' && state.signInAgain)
    return { name: 'sign-in', query: { ...back, again: '1' } }
  if (to.meta.roles !== undefined && (grant.value === undefined || !to.meta.roles.includes(grant.value.role))) return { name: 'home' }
  return undefined
}

function hasFactor(): boolean {
  const factors = 'view' in session.value ? session.value.view.factors : undefined
  return factors !== undefined && (factors.totp || factors.passkeys > 0)
}
