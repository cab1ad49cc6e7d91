// What a browser gives the vault and the outbox, for tests in Node: a window to listen on, a place, and IndexedDB in memory (fake-indexeddb).
import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'

class Page extends EventTarget {
  readonly visibilityState = 'visible'
  readonly documentElement = { lang: '', dataset: {} }
  // Vue makes one element while it loads.
  readonly createElement = (): object => ({})
}

/** Makes Node look like an empty device whose server is at `origin`. */
export function newDevice(origin = 'http://127.0.0.1:9'): void {
  const page = new Page()
  Object.assign(globalThis, { window: page, document: page, location: new URL(origin), localStorage: newStorage(), indexedDB: new IDBFactory() })
  Object.defineProperty(globalThis, 'navigator', { value: { onLine: true, language: 'en-GB', userAgent: 'Node' }, configurable: true })
}

function newStorage(): Pick<Storage, 'getItem' | 'setItem'> {
  const kept = new Map<string, string>()
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) }
}

/** Every byte that lies on the device's disk, as text, so that a test can look for what must not be there. */
export async function readWholeDisk(): Promise<string> {
  const found: string[] = []
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name)
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
    for (const store of database.objectStoreNames) {
      const rows = await new Promise<unknown[]>((resolve, reject) => {
        const request = database.transaction(store).objectStore(store).getAll()
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
      found.push(
        JSON.stringify(rows, (_name, value: unknown) =>
          value instanceof Uint8Array ? `${new TextDecoder('latin1').decode(value)}|${value.join(',')}` : toPlain(value),
        ),
      )
    }
    database.close()
  }
  return found.join('\n')
}

function toPlain(value: unknown): unknown {
  return value instanceof CryptoKey || value instanceof Blob ? `unsealed ${value.constructor.name}` : value
}
