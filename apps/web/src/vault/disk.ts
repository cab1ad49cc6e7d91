// The thin layer over IndexedDB. It only ever sees sealed bytes, random ids and the day on which something has to go.
import type { Lock } from './locks.ts'
import type { Sealed } from './sealing.ts'

/** One vault per account on this device. `ownerMark` is a digest, so the disk does not say whose it is. */
export type VaultRow = { readonly vaultId: string; readonly ownerMark: string; readonly locks: readonly Lock[]; readonly madeOn: string }
/** A sealed thing of a vault. `wipedOn` (a day) lets it be wiped in time even while the vault is locked. */
export type BoxKind = 'draft' | 'letter' | 'receipt' | 'kept'
export type BoxRow = {
  readonly vaultId: string
  readonly kind: BoxKind
  readonly id: string
  readonly sealed: Sealed
  readonly wipedOn: string | null
}
export type AttachmentRow = { readonly vaultId: string; readonly ownerId: string; readonly attachmentId: string; readonly sealed: Sealed }

export type StoreName = 'vaults' | 'boxes' | 'attachments'
type RowOf = { vaults: VaultRow; boxes: BoxRow; attachments: AttachmentRow }

const databaseName = 'attune-vault'

// Forward only: version n of the database is reached by the first n steps. A step never drops what it does not rewrite.
const upgrades: readonly ((database: IDBDatabase, transaction: IDBTransaction) => void)[] = [
  (database) => {
    database.createObjectStore('vaults', { keyPath: 'vaultId' })
    database.createObjectStore('boxes', { keyPath: ['vaultId', 'kind', 'id'] })
    database.createObjectStore('attachments', { keyPath: ['vaultId', 'ownerId', 'attachmentId'] })
  },
]

/** The browser keeps nothing for this page: a private window of some browsers, or storage switched off. */
export class DiskAway extends Error {
  constructor(cause?: unknown) {
    super('This browser keeps nothing on the device.', { cause })
    this.name = 'DiskAway'
  }
}

/** The device has no room left. What was on the disk before is still there. */
export class DiskFull extends Error {
  constructor(cause?: unknown) {
    super('This device has no room left.', { cause })
    this.name = 'DiskFull'
  }
}

let opening: Promise<IDBDatabase> | undefined

function openDatabase(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    if (typeof indexedDB === 'undefined') return reject(new DiskAway())
    const request = indexedDB.open(databaseName, upgrades.length)
    request.onupgradeneeded = ({ oldVersion }) => {
      const { result, transaction } = request
      if (transaction !== null) for (const upgrade of upgrades.slice(oldVersion)) upgrade(result, transaction)
    }
    request.onerror = () => reject(new DiskAway(request.error))
    request.onsuccess = () => {
      const database = request.result
      // A newer Attune in another tab wants to upgrade: let go, and open again at the next use.
      database.onversionchange = () => {
        database.close()
        opening = undefined
      }
      database.onclose = () => {
        opening = undefined
      }
      resolve(database)
    }
  }).catch((fault: unknown) => {
    opening = undefined
    throw fault
  })
  return opening
}

export type Table<S extends StoreName> = {
  get(key: IDBValidKey): Promise<RowOf[S] | undefined>
  /** Every row whose key begins with these parts. */
  all(...prefix: readonly string[]): Promise<RowOf[S][]>
  count(...prefix: readonly string[]): Promise<number>
  put(row: RowOf[S]): Promise<unknown>
  remove(key: IDBValidKey): Promise<unknown>
  removeAll(...prefix: readonly string[]): Promise<unknown>
}
export type Tables = { readonly [S in StoreName]: Table<S> }

/** Runs `work` in one transaction over all tables: either all of it is on the disk afterwards or none. Await nothing else inside it. */
export async function withDisk<T>(mode: 'readonly' | 'readwrite', work: (tables: Tables) => Promise<T>): Promise<T> {
  const database = await openDatabase()
  // Strict: "saved" is said only after the bytes have reached the disk.
  const transaction = database.transaction(['vaults', 'boxes', 'attachments'], mode, mode === 'readwrite' ? { durability: 'strict' } : {})
  const ended = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(toDiskFault(transaction.error))
  })
  ended.catch(() => undefined)
  try {
    const result = await work({
      vaults: toTable(transaction, 'vaults'),
      boxes: toTable(transaction, 'boxes'),
      attachments: toTable(transaction, 'attachments'),
    })
    await ended
    return result
  } catch (fault) {
    if (transaction.error === null) {
      try {
        transaction.abort()
      } catch {
        // It had already ended.
      }
    }
    throw fault instanceof DOMException ? toDiskFault(fault) : fault
  }
}

function toTable<S extends StoreName>(transaction: IDBTransaction, name: S): Table<S> {
  const store = transaction.objectStore(name)
  return {
    get: (key) => toPromise<RowOf[S] | undefined>(store.get(key)),
    all: (...prefix) => toPromise<RowOf[S][]>(store.getAll(toRange(prefix))),
    count: (...prefix) => toPromise(store.count(toRange(prefix))),
    put: (row) => toPromise(store.put(row)),
    remove: (key) => toPromise(store.delete(key)),
    removeAll: (...prefix) => toPromise(prefix.length === 0 ? store.clear() : store.delete(toRange(prefix) ?? IDBKeyRange.only([]))),
  }
}

// An array sorts after every string, so [a, []] is the end of all keys that begin with a.
function toRange(prefix: readonly string[]): IDBKeyRange | undefined {
  return prefix.length === 0 ? undefined : IDBKeyRange.bound([...prefix], [...prefix, []])
}

function toPromise<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(toDiskFault(request.error))
  })
}

function toDiskFault(fault: DOMException | null): Error {
  return fault?.name === 'QuotaExceededError' ? new DiskFull(fault) : (fault ?? new Error('The device’s storage stopped in the middle.'))
}
