// Who is at the device. The server's word when it can be reached; else the profile sealed in the vault that was opened.
import type { Grant, SessionView } from '@attune/contract'
import { computed, readonly, shallowRef } from 'vue'
import { call, whenSignedOut } from '../api.ts'
import { toRefusal } from '../refusal.ts'

export type SessionState =
  | { readonly is: 'unknown' }
  | { readonly is: 'signed-out' }
  /** The password was right; the second step is missing. Nothing but enrolment and the second step is open. */
  | { readonly is: 'half'; readonly view: SessionView }
  | { readonly is: 'signed-in'; readonly view: SessionView }
  /** No connection, or the sign-in ran out: the device still knows the person, and what needs no server goes on. */
  | { readonly is: 'on-device'; readonly view: SessionView; readonly signInAgain: boolean }
  | { readonly is: 'unreachable' }

const state = shallowRef<SessionState>({ is: 'unknown' })

export const session = readonly(state)
export const person = computed<SessionView | undefined>(() => ('view' in state.value ? state.value.view : undefined))
export const grant = computed<Grant | undefined>(() => person.value?.grants.find((one) => one.grantId === person.value?.grantId))

/** Takes the session that the server answered with. */
export function takeSession(view: SessionView): void {
  state.value = { is: view.assurance === 'second-factor' ? 'signed-in' : 'half', view }
}

/** Carries on without a connection as the person whose vault was just opened. */
export function carryOnOffline(view: SessionView): void {
  if (state.value.is !== 'signed-in') state.value = { is: 'on-device', view, signInAgain: false }
}

export function forgetSession(): void {
  state.value = { is: 'signed-out' }
}

function noteOver(): void {
  state.value =
    'view' in state.value && state.value.is !== 'half' ? { is: 'on-device', view: state.value.view, signInAgain: true } : { is: 'signed-out' }
}

/** Asks the server who is signed in. Never raises: the state says what was found. */
export async function loadSession(): Promise<void> {
  try {
    takeSession(await call('GET /api/session', { patience: 4000 }))
  } catch (thrown) {
    const { kind } = toRefusal(thrown)
    if (kind === 'signed-out' || kind === 'second-step' || kind === 'refused') noteOver()
    else if (state.value.is === 'unknown') state.value = { is: 'unreachable' }
  }
}

export async function signOut(): Promise<void> {
  await call('DELETE /api/session').catch((thrown: unknown) => {
    // Without a connection the cookie stays until the server forgets it; the device forgets the person now.
    if (toRefusal(thrown).kind === 'refused') throw thrown
  })
  forgetSession()
}

export async function actAs(grantId: string): Promise<void> {
  takeSession(await call('POST /api/session/grant', { body: { grantId } }))
}

whenSignedOut(noteOver)
