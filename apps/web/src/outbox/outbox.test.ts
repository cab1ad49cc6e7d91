import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { newDevice, readWholeDisk } from '../device.fixture.ts'
import type { LockSecret } from '../vault/locks.ts'
import { startServer, type TestServer } from './server.fixture.ts'

const ada = 'account-ada'
const key: LockSecret = { kind: 'passkey', credentialId: 'ada', secret: new Uint8Array(32).fill(1) }
const instance = (number: number): string => `6b8f0000-0000-4000-8000-${String(number).padStart(12, '0')}`

type Device = { vault: (typeof import('../vault/index.ts'))['vault']; outbox: (typeof import('./index.ts'))['outbox'] }

let server: TestServer
let device: Device

// Loading the modules anew is what closing the browser and opening it again is: memory is empty, the disk is as it was.
async function openPage(): Promise<Device> {
  vi.resetModules()
  const { vault } = await import('../vault/index.ts')
  const { outbox } = await import('./index.ts')
  return { vault, outbox }
}

async function finish(number: number, words = 'Marker words'): Promise<void> {
  const xml = `<data><meta><instanceID>${instance(number)}</instanceID></meta><note>${words}</note></data>`
  const draft = {
    draftId: `d${number}`,
    formId: 'client_session',
    formVersion: '1',
    xml,
    attachments: [{ name: 'sign.png', blob: new Blob(['Marker ink']) }],
    updatedAt: new Date().toISOString(),
  }
  await device.vault.saveDraft(draft)
  const { draftId, formId, attachments } = draft
  await device.outbox.queue({ draftId, instanceId: instance(number), formId, xml, attachments, title: 'A session', code: `CODE-${number}` })
}

async function settle(all = true): Promise<void> {
  await device.outbox.send(all)
  await device.outbox.refresh()
}

beforeEach(async () => {
  server = await startServer()
  newDevice(server.origin)
  device = await openPage()
  await device.vault.attend(ada)
  await device.vault.create(ada, key)
})
afterEach(() => server.stop())

describe('a finished session on its way', () => {
  it('DCS-026: is wiped from the device once the server has acknowledged it, and leaves a receipt with time and code only', async () => {
    await finish(1)
    await settle()
    expect(server.received.get(instance(1))).toBe(1)
    expect(device.outbox.state.waiting).toEqual([])
    expect(await device.vault.listDrafts()).toEqual([])
    expect(device.outbox.state.receipts).toEqual([
      { instanceId: instance(1), formId: 'client_session', code: 'K7MQ-X2RT-9F', receivedAt: '2026-11-22T10:00:00.000Z', repeated: false },
    ])
    expect(await readWholeDisk()).not.toContain('"d1"')
  })

  it('carries the XML and its attachments in one multipart request, as OpenRosa does', async () => {
    await finish(1)
    await settle()
    expect(server.order).toEqual([instance(1)])
    expect(server.parts).toEqual([['xml_submission_file', 'sign.png']])
  })

  it.each(['fails', 'drops', 'portal', 'signed-out', 'too-many'] as const)('stays, draft and all, when the server %s', async (mood) => {
    server.mood = mood
    await finish(1)
    await settle()
    expect(device.outbox.state.waiting.map((letter) => [letter.instanceId, letter.parked])).toEqual([[instance(1), null]])
    expect(await device.vault.getDraft('d1')).toBeDefined()
    expect(await readWholeDisk()).not.toContain('Marker')
    server.mood = 'well'
    await settle()
    expect(server.received.get(instance(1))).toBe(1)
    expect(device.outbox.state.waiting).toEqual([])
  })

  it('is one record on the server when the reply was lost on the way', async () => {
    server.mood = 'loses-replies'
    await finish(1)
    await settle()
    expect(device.outbox.state.waiting).toHaveLength(1)
    server.mood = 'well'
    await settle()
    expect([...server.received.keys()]).toEqual([instance(1)])
    expect(device.outbox.state.waiting).toEqual([])
    expect(device.outbox.state.receipts.map(({ repeated }) => repeated)).toEqual([true])
  })

  it('is still there after the browser was closed, and goes when its vault is opened again', async () => {
    server.mood = 'drops'
    await finish(1)
    await finish(2)
    await settle()
    server.mood = 'well'
    device = await openPage()
    await device.vault.attend(ada)
    expect(await device.vault.countBoxes()).toEqual({ drafts: 2, letters: 2 })
    await device.vault.unlock(key)
    await settle()
    expect([...server.received.keys()].sort()).toEqual([instance(1), instance(2)])
    expect(await device.vault.countBoxes()).toEqual({ drafts: 0, letters: 0 })
  })

  it('waits as long as the server asked', async () => {
    server.mood = 'too-many'
    await finish(1)
    await settle()
    const [letter] = device.outbox.state.waiting
    expect(Date.parse(letter?.nextTryAt ?? '') - Date.now()).toBeGreaterThan(100_000)
    server.mood = 'well'
    await settle(false)
    expect(server.received.size).toBe(0)
  })

  it('does not go while its vault is locked', async () => {
    server.mood = 'drops'
    await finish(1)
    await settle()
    await device.vault.lock()
    server.mood = 'well'
    await settle()
    expect(server.received.size).toBe(0)
    expect(device.outbox.state.lockedCount).toBe(1)
    expect(device.outbox.state.waiting).toEqual([])
  })
})

describe('a record that the server refuses', () => {
  it('is put aside with the server’s sentence and never holds up the others', async () => {
    server.mood = 'drops'
    await finish(1, 'POISON')
    await finish(2)
    await finish(3)
    server.mood = 'well'
    await settle()
    expect([...server.received.keys()].sort()).toEqual([instance(2), instance(3)])
    expect(device.outbox.state.waiting.map(({ instanceId, parked }) => [instanceId, parked?.title])).toEqual([
      [instance(1), 'Title of submission-invalid.'],
    ])
    expect(await device.vault.getDraft('d1')).toBeDefined()
  })

  it('is discarded alone', async () => {
    server.mood = 'drops'
    await finish(1, 'POISON')
    await finish(2)
    await settle()
    await device.outbox.discard(instance(1))
    expect(device.outbox.state.waiting.map(({ instanceId }) => instanceId)).toEqual([instance(2)])
    expect(await device.vault.getDraft('d1')).toBeUndefined()
    expect(await device.vault.getDraft('d2')).toBeDefined()
  })

  it('can be opened again as the draft it was', async () => {
    await finish(1, 'POISON')
    await settle()
    expect(await device.outbox.reopen(instance(1))).toBe('d1')
    expect(device.outbox.state.waiting).toEqual([])
    expect((await device.vault.getDraft('d1'))?.xml).toContain('POISON')
  })

  it('can be saved for support without one readable word', async () => {
    await finish(1, 'POISON Marker')
    await settle()
    const copy = await (await device.outbox.exportSealed(instance(1))).text()
    expect(copy).toContain('attune-sealed-letter-1')
    expect(copy).not.toContain('Marker')
    expect(copy).not.toContain('CODE-1')
  })
})

describe('fifty sessions taken with no connection', () => {
  it('are fifty on the server when it is back, none lost and none doubled, and the device is empty', async () => {
    server.mood = 'drops'
    for (let number = 1; number <= 50; number += 1) {
      await finish(number)
      // Now and then the browser dies.
      if (number % 7 === 0) {
        device = await openPage()
        await device.vault.attend(ada)
        await device.vault.unlock(key)
      }
    }
    server.mood = 'loses-replies'
    await settle()
    server.mood = 'well'
    await settle()
    await settle()
    expect(server.received.size).toBe(50)
    expect(await device.vault.countBoxes()).toEqual({ drafts: 0, letters: 0 })
    expect(device.outbox.state.receipts).toHaveLength(50)
  })
})
