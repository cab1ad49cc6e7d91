// A vault as the version before wrote it, byte for byte: it opens, nothing in it is lost, and what is saved again is of today's format.
import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { newDevice } from '../device.fixture.ts'
import type { LockSecret } from './locks.ts'

type Row = Record<string, unknown>
type Disk = { databaseVersion: number; stores: { [store: string]: Row[] } }

const older = JSON.parse(readFileSync(new URL('test/vault-of-format-1.json', import.meta.url), 'utf8'), (_name, value: unknown) =>
  typeof value === 'object' && value !== null && 'base64' in value ? Uint8Array.from(Buffer.from(String(value.base64), 'base64')) : value,
) as Disk
const owner = 'account-of-the-older-vault'
const key: LockSecret = { kind: 'passkey', credentialId: 'older', secret: new Uint8Array(32).fill(7) }
const [first, second] = ['11111111-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000002']

/** Puts the rows on the disk of a fresh device, in the stores that the version before made. */
async function putOnDisk(): Promise<void> {
  const keyPaths: { [store: string]: string | string[] } = {
    vaults: 'vaultId',
    boxes: ['vaultId', 'kind', 'id'],
    attachments: ['vaultId', 'ownerId', 'attachmentId'],
  }
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.open('attune-vault', older.databaseVersion)
    request.onupgradeneeded = () => {
      for (const [store, keyPath] of Object.entries(keyPaths)) request.result.createObjectStore(store, { keyPath })
    }
    request.onerror = () => reject(request.error)
    request.onsuccess = () => {
      const transaction = request.result.transaction(Object.keys(keyPaths), 'readwrite')
      for (const [store, rows] of Object.entries(older.stores)) for (const row of rows) transaction.objectStore(store).put(row)
      transaction.oncomplete = () => (request.result.close(), resolve())
    }
  })
}

async function openPage() {
  vi.resetModules()
  const [{ vault }, { outbox }] = [await import('./index.ts'), await import('../outbox/index.ts')]
  await vault.attend(owner)
  return { vault, outbox }
}

beforeEach(async () => {
  newDevice()
  Object.defineProperty(globalThis, 'navigator', { value: { onLine: false, language: 'en-GB', userAgent: 'Node' }, configurable: true })
  await putOnDisk()
})

describe('a vault of the version before', () => {
  it('opens with the same key, and no draft, attachment or waiting session is lost', async () => {
    const { vault, outbox } = await openPage()
    expect(await vault.countBoxes()).toEqual({ drafts: 2, letters: 1 })
    expect(await vault.unlock(key)).toBe(true)
    expect((await vault.listDrafts()).map(({ draftId, label }) => [draftId, label]).sort()).toEqual([
      [first, 'K7M42XQ9PD'],
      [second, ''],
    ])
    const draft = await vault.getDraft(first)
    expect(draft).toMatchObject({ xml: '<data><note>Written by the version before.</note></data>', earlier: '' })
    expect(await draft?.attachments[0]?.blob.text()).toBe('ink of the version before')
    await outbox.refresh()
    expect(outbox.state.waiting.map(({ code, parked }) => [code, parked])).toEqual([['K7M42XQ9PD', null]])
    expect(await vault.findKept('session')).toEqual({ displayName: 'Sam Older' })
  })

  it('goes on in today’s format: what is saved again keeps earlier sessions as well', async () => {
    const { vault } = await openPage()
    await vault.unlock(key)
    const draft = (await vault.getDraft(first))!
    await vault.saveDraft({ ...draft, earlier: '{"code":"K7M42XQ9PD"}' })
    const next = await openPage()
    await next.vault.unlock(key)
    const saved = await next.vault.getDraft(first)
    expect(saved?.earlier).toBe('{"code":"K7M42XQ9PD"}')
    expect(saved?.xml).toBe(draft.xml)
    expect(await saved?.attachments[0]?.blob.text()).toBe('ink of the version before')
  })
})
