/** Room for Attune on this device, in bytes, and whether the browser promised not to clear it by itself. */
export type DeviceRoom = { readonly usedBytes: number; readonly leftBytes: number; readonly kept: boolean }

// A session with photos takes a few megabytes; below this the person is told before it happens.
export const roomWarningBytes = 30 * 1024 * 1024

/** Asks the browser not to clear this device's drafts by itself. Some ask the person, some decide by how often the app is used. */
export async function askToKeep(): Promise<boolean> {
  return (await navigator.storage?.persist?.().catch(() => false)) ?? false
}

/** True when the app was installed: what it keeps outlives its window. */
export function isInstalled(): boolean {
  return matchMedia('(display-mode: standalone)').matches
}

/** Undefined when the browser does not say. */
export async function findRoom(): Promise<DeviceRoom | undefined> {
  if (navigator.storage?.estimate === undefined) return undefined
  const { usage = 0, quota = 0 } = await navigator.storage.estimate()
  const kept = (await navigator.storage.persisted?.()) ?? false
  return { usedBytes: usage, leftBytes: Math.max(0, quota - usage), kept }
}
