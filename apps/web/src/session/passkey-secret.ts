// Signing in with a passkey can already give what opens the vault; kept for the next screen only, in memory, and taken once.
import type { LockSecret } from '../vault/index.ts'

let remembered: LockSecret | undefined

export function rememberPasskeySecret(secret: LockSecret | undefined): void {
  remembered = secret
}

export function takePasskeySecret(): LockSecret | undefined {
  const taken = remembered
  remembered = undefined
  return taken
}
