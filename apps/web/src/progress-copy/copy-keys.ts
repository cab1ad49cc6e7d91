// The device's key for copies, per service: made and certified while there is a connection, then kept sealed in the vault.
import { call } from '../api.ts'
import { grant } from '../session/session.ts'
import { vault } from '../vault/index.ts'
import { newDeviceKey, readCertificate, type CopyKeys } from './signing.ts'

const renewBeforeDays = 60
const nameFor = (serviceId: string): string => `copy-key/${serviceId}`

/** The keys of this device for the service that the person acts in; undefined while there are none or the vault is locked. */
export async function findCopyKeys(): Promise<CopyKeys | undefined> {
  const service = grant.value?.serviceId
  if (service === undefined || grant.value?.role !== 'practitioner') return undefined
  return (await vault.findKept(nameFor(service))) as CopyKeys | undefined
}

/** Makes sure that this device can sign for the next months. Without a connection it stays as it is. */
export async function bringCopyKeys(today = new Date().toISOString().slice(0, 10)): Promise<void> {
  const service = grant.value?.serviceId
  if (service === undefined || grant.value?.role !== 'practitioner' || vault.state.value !== 'open') return
  const known = await findCopyKeys()
  if (known !== undefined && isFresh(known, today)) return
  const { privateKey, x, y } = known === undefined ? await newDeviceKey() : { privateKey: known.privateKey, ...pointOf(known) }
  const certified = await call('POST /api/progress-keys', { body: { x, y } }).catch(() => undefined)
  if (certified === undefined || vault.state.value !== 'open') return
  await vault.keep(nameFor(service), { ...certified, privateKey } satisfies CopyKeys)
}

function pointOf({ privateKey }: CopyKeys): { x: string; y: string } {
  return { x: privateKey.x ?? '', y: privateKey.y ?? '' }
}

// A device that learns the server's key of a new year only months later would refuse its colleagues' copies until then.
function isFresh(keys: CopyKeys, today: string): boolean {
  const until = readCertificate(keys).until
  const daysLeft = (Date.parse(until) - Date.parse(today)) / 86_400_000
  return daysLeft > renewBeforeDays && keys.keys.some(({ keyId }) => keyId === today.slice(0, 4))
}
