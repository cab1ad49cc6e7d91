// What can stand between a finished session and the server, one by one: nothing is lost, nothing is sent twice, and the person is told why.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { newDevice } from '../device.fixture.ts'
import type { LockSecret } from '../vault/locks.ts'
import { startServer, type TestServer } from './server.fixture.ts'

const ada = 'account-ada'
const key: LockSecret = { kind: 'passkey', credentialId: 'ada', secret: new Uint8Array(32).fill(1) }
const instance = (number: number): string => `6b8f0000-0000-4000-8000-${String(number).padStart(12, '0')}`

let server: TestServer
let vault: (typeof import('../vault/index.ts'))['vault']
let outbox: (typeof import('./index.ts'))['outbox']
let say: (typeof import('../messages/index.ts'))['say']
let clock: typeof import('../clock.ts')

async function finish(number: number, words = 'Words'): Promise<void> {
  const xml = `<data><meta><instanceID>${instance(number)}</instanceID></meta><note>${words}</note></data>`
  await vault.saveDraft({
    draftId: `d${number}`,
    formId: 'client-session',
    formVersion: '1',
    xml,
    attachments: [],
    updatedAt: new Date().toISOString(),
  })
  await outbox.queue({ draftId: `d${number}`, instanceId: instance(number), formId: 'client-session', xml, attachments: [] })
}

async function settle(rounds = 1): Promise<void> {
  for (let round = 0; round < rounds; round++) await outbox.send(true)
  await outbox.refresh()
}

const arrived = () => [...server.received.keys()].sort()

beforeEach(async () => {
  server = await startServer()
  newDevice(server.origin)
  vi.resetModules()
  ;({ vault } = await import('../vault/index.ts'))
  ;({ outbox } = await import('./index.ts'))
  ;({ say } = await import('../messages/index.ts'))
  clock = await import('../clock.ts')
  await vault.attend(ada)
  await vault.create(ada, key)
})
afterEach(async () => {
  vi.useRealTimers()
  await server.stop()
})

describe('a finished session that cannot be sent', () => {
  it.each([
    ['drops', 'offline', 'There is no connection'],
    ['portal', 'portal', 'This network wants you to sign in'],
    ['signed-out', 'signed-out', 'Your sign-in has ended'],
    ['fails', 'server', 'could not take it just now'],
  ] as const)('because the server %s: the person is told, nothing is lost, and it goes when that is over', async (mood, trouble, sentence) => {
    server.mood = mood
    await finish(1)
    await finish(2)
    await settle()
    expect(outbox.state.trouble).toBe(trouble)
    expect(say(`waiting.trouble.${trouble}`)).toContain(sentence)
    expect(say(`waiting.trouble.${trouble}`)).toContain('Nothing was lost')
    expect(await vault.countBoxes()).toEqual({ drafts: 2, letters: 2 })
    server.mood = 'well'
    await settle()
    expect(outbox.state.trouble).toBeUndefined()
    expect(arrived()).toEqual([instance(1), instance(2)])
    expect(await vault.countBoxes()).toEqual({ drafts: 0, letters: 0 })
  })

  it('over a network that comes and goes: every session arrives, each is one record', async () => {
    server.mood = 'flaps'
    for (let number = 1; number <= 6; number++) await finish(number)
    for (let round = 0; round < 40 && outbox.state.waiting.length > 0; round++) await settle()
    expect(arrived()).toEqual([1, 2, 3, 4, 5, 6].map(instance))
    expect(outbox.state.receipts).toHaveLength(6)
    expect(await vault.countBoxes()).toEqual({ drafts: 0, letters: 0 })
  })

  it('because its form was retired meanwhile: it waits with the server’s sentence, holds up nobody, and goes when the form takes answers again', async () => {
    server.mood = 'retired'
    await finish(1)
    await settle()
    expect(outbox.state.waiting.map(({ parked }) => [parked?.code, parked?.title, parked?.next])).toEqual([
      ['form-closed', 'Title of form-closed.', 'Next for form-closed.'],
    ])
    expect((await vault.getDraft('d1'))?.xml).toContain('Words')
    server.mood = 'well'
    await finish(2)
    await settle()
    expect(arrived()).toEqual([instance(1), instance(2)])
  })

  it('is not kept back by a clock that was years ahead and was put right', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2031-05-01T10:00:00Z') })
    server.mood = 'fails'
    await finish(1)
    await settle()
    expect(outbox.state.waiting[0]?.nextTryAt.slice(0, 4)).toBe('2031')
    vi.setSystemTime(new Date('2026-11-22T10:00:00Z'))
    server.mood = 'well'
    await outbox.send()
    expect(arrived()).toEqual([instance(1)])
  })

  it('tells of a wrong clock from the first reply of the server on', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3 * 86_400_000 })
    await finish(1)
    await settle()
    expect(Math.round(clock.clockOffMs.value / 86_400_000)).toBe(3)
    expect(say('home.clock', { now: 'today' })).toContain('The clock of this device is wrong')
  })
})
