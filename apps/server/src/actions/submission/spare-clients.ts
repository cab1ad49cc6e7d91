// Ids and keys for clients who have not come yet, made ahead of time and many at once: a first session then waits for no second database.
// A spare that is never used is a key without a client: it opens nothing.
import { randomUUID } from 'node:crypto'
import type { Attune } from '../../attune.ts'
import type { SealingKey } from '../../store/keyring/seal.ts'

export type SpareClient = { readonly clientId: string; readonly key: SealingKey }

const batch = 32
const refillBelow = 16
/** The keyring asks for a key again after a minute, so that a destroyed one is soon unusable; so do spares. */
const keepMs = 50_000

type Shelf = { spares: SpareClient[]; madeAt: number; filling: Promise<void> | undefined }
const shelves = new WeakMap<Attune, Map<string, Shelf>>()

/** A client id that nobody has, with its key. */
export async function takeSpareClient(attune: Attune, serviceId: string): Promise<SpareClient> {
  let services = shelves.get(attune)
  if (services === undefined) shelves.set(attune, (services = new Map()))
  let shelf = services.get(serviceId)
  if (shelf === undefined) services.set(serviceId, (shelf = { spares: [], madeAt: 0, filling: undefined }))
  if (performance.now() - shelf.madeAt > keepMs) shelf.spares = []
  const spare = shelf.spares.pop()
  if (spare !== undefined) {
    if (shelf.spares.length < refillBelow) void fill(attune, serviceId, shelf)
    return spare
  }
  // The first client after a pause gets a key of its own; only when a second one follows is it worth making many.
  if (performance.now() - shelf.madeAt < keepMs) void fill(attune, serviceId, shelf)
  else shelf.madeAt = performance.now()
  return makeClient(attune, serviceId)
}

async function makeClient({ keyring }: Attune, serviceId: string): Promise<SpareClient> {
  const clientId = randomUUID()
  return { clientId, key: await keyring.makeClientKey(serviceId, clientId) }
}

function fill(attune: Attune, serviceId: string, shelf: Shelf): Promise<void> {
  shelf.filling ??= Promise.all(Array.from({ length: batch }, () => makeClient(attune, serviceId)))
    .then((made) => {
      shelf.spares = performance.now() - shelf.madeAt > keepMs ? made : [...shelf.spares, ...made]
      shelf.madeAt = performance.now()
    })
    // Nobody waits for this; whoever needs a key next makes one and hears of what is wrong.
    .catch(() => {})
    .finally(() => (shelf.filling = undefined))
  return shelf.filling
}
