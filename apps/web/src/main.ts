import './trusted-types.ts'
import { createApp, watch } from 'vue'
import './styles/main.scss'
import { onReachable } from './connection.ts'
import { outbox } from './outbox/index.ts'
import { findPolicy, forgetStanding, loadForms, loadProgramme, loadStanding } from './programme.ts'
import { bringCopyKeys } from './progress-copy/index.ts'
import { watchLaunchedFiles } from './progress-copy/shared-files.ts'
import { guardRoutes, router } from './router.ts'
import { takePasskeySecret } from './session/passkey-secret.ts'
import { carryOnOffline, grant, loadSession, person, session } from './session/session.ts'
import { restoreLanguage } from './settings/language.ts'
import './settings/theme.ts'
import AppShell from './shell/AppShell.vue'
import { keepAppOnDevice } from './shell/app-version.ts'
import { vault } from './vault/index.ts'
import { watchIdleness } from './vault/idle-lock.ts'
import type { SessionView } from '@attune/contract'

// The vault follows the person: theirs and nobody else's. Without a connection, whoever opens one is who they are.
watch(person, async (now, before) => {
  if (now?.accountId === before?.accountId && now?.grantId === before?.grantId) return
  forgetStanding()
  await vault.attend(now?.accountId)
  await openWithPasskey()
  await outbox.refresh()
  if (session.value.is === 'signed-in') await bringForms()
})

watch(vault.state, async (now) => {
  const known = person.value
  // First of all: a page that goes away now must not leave a vault that cannot say whose it is.
  if (now === 'open' && known !== undefined) await vault.keep('session', known)
  await outbox.refresh()
  if (now === 'open') {
    if (known === undefined) await carryOnAs((await vault.findKept('session')) as SessionView | undefined)
    if (grant.value?.role === 'practitioner') await Promise.all([loadStanding(), bringCopyKeys().catch(() => undefined)])
  }
  const here = router.currentRoute.value
  if (now === 'locked' && here.meta.onDevice === true) await router.push({ name: 'unlock', query: { back: here.fullPath, locked: '1' } })
})

// Whatever waited for a sign-in goes as soon as there is one.
watch(session, (now) => {
  if (now.is === 'signed-in') void outbox.send(true)
})

onReachable(() => {
  if (session.value.is === 'on-device' || session.value.is === 'unreachable') void loadSession()
})

// Signing in with a passkey already gave what opens the vault.
async function openWithPasskey(): Promise<void> {
  const secret = vault.state.value === 'locked' ? takePasskeySecret() : undefined
  if (secret !== undefined) await vault.unlock(secret)
}

async function bringForms(): Promise<void> {
  if (grant.value?.role !== 'practitioner') return
  await Promise.all([loadForms(), loadStanding(), findPolicy(), bringCopyKeys().catch(() => undefined)])
}

async function carryOnAs(known: SessionView | undefined): Promise<void> {
  if (known === undefined) return
  carryOnOffline(known)
  await bringForms()
}

// Also wipes what is past its day, whoever is at the device.
async function knowWhoIsHere(): Promise<void> {
  await loadSession()
  await vault.attend(person.value?.accountId)
  await vault.wipePastTime(new Date().toISOString().slice(0, 10)).catch(() => 0)
}

async function start(): Promise<void> {
  await restoreLanguage()
  guardRoutes(knowWhoIsHere())
  createApp(AppShell).use(router).mount('#app')
  void loadProgramme()
  outbox.watch()
  watchIdleness()
  watchLaunchedFiles(() => void router.push('/follow-up'))
  await keepAppOnDevice().catch(() => undefined)
}

await start()
