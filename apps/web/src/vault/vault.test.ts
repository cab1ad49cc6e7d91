import { beforeEach, describe, expect, it, vi } from 'vitest'
import { newDevice, readWholeDisk } from '../device.fixture.ts'
import { keyKeeper, type KeyMessage } from '../service-worker/key-keeper.ts'
import type { LockSecret } from './locks.ts'

const ada = 'account-ada'
const ben = 'account-ben'
// A passkey's secret opens at once; the passphrase's 600,000 rounds are measured in locks.test.ts.
const adaKey: LockSecret = { kind: 'passkey', credentialId: 'ada', secret: new Uint8Array(32).fill(1) }
const benKey: LockSecret = { kind: 'passkey', credentialId: 'ben', secret: new Uint8Array(32).fill(2) }
const draft = (draftId: string, words: string, updatedAt = new Date().toISOString()) => ({
  draftId,
  formId: 'client_session',
  formVersion: '1',
  xml: `<data>${words}</data>`,
  attachments: [],
  updatedAt,
  label: `label ${words}`,
})

// Loading the modules anew is what a reload of the page is: memory is empty, the disk is as it was.
async function openPage(): Promise<(typeof import('./index.ts'))['vault']> {
  vi.resetModules()
  return (await import('./index.ts')).vault
}

let vault: Awaited<ReturnType<typeof openPage>>

beforeEach(async () => {
  newDevice()
  vault = await openPage()
  await vault.attend(ada)
})

describe('the vault of a person', () => {
  it('is not there at first, open once made, and locked after a reload', async () => {
    expect(vault.state.value).toBe('none')
    await vault.create(ada, adaKey)
    expect(vault.state.value).toBe('open')
    vault = await openPage()
    await vault.attend(ada)
    expect(vault.state.value).toBe('locked')
  })

  it('is open after a reload whose key the worker held, however often and whenever it is attended', async () => {
    await vault.create(ada, adaKey)
    const keys = keyKeeper(() => Date.now())
    const postMessage = (message: KeyMessage, [port]: MessagePort[] = []): void => {
      if (message.says === 'hold-key') keys.hold(message.vaultId, message.key)
      else if (message.says === 'took-key') keys.took(message.vaultId)
      else if (message.says === 'give-key') port?.postMessage(keys.give(message.vaultId) ?? null)
      else keys.forget()
    }
    Object.assign(navigator, { serviceWorker: { controller: { postMessage } } })
    for (let round = 0; round < 20; round++) {
      const before = (await import('./vault.ts')).findOpenVault()
      if (before === undefined) throw new Error('The vault is not open.')
      keys.hold(before.vaultId, before.key)
      vault = await openPage()
      const first = vault.attend(ada)
      // One that begins at any moment of the first.
      for (let tick = 0; tick < round; tick++) await new Promise((resolve) => setImmediate(resolve))
      await Promise.all([first, vault.attend(ada)])
      expect(vault.state.value, `round ${round}`).toBe('open')
    }
  })

  it('gives nothing while it is locked', async () => {
    await vault.create(ada, adaKey)
    await vault.saveDraft(draft('d1', 'Marker'))
    await vault.lock()
    expect(vault.state.value).toBe('locked')
    await expect(vault.getDraft('d1')).rejects.toThrow('locked')
    await expect(vault.listDrafts()).rejects.toThrow('locked')
    await expect(vault.saveDraft(draft('d2', 'more'))).rejects.toThrow('locked')
  })

  it('opens with the right secret and stays closed for a wrong one', async () => {
    await vault.create(ada, adaKey)
    await vault.saveDraft(draft('d1', 'Marker'))
    vault = await openPage()
    await vault.attend(ada)
    expect(await vault.unlock(benKey)).toBe(false)
    expect(vault.state.value).toBe('locked')
    expect(await vault.unlock(adaKey)).toBe(true)
    expect((await vault.getDraft('d1'))?.xml).toBe('<data>Marker</data>')
  })

  it('lets every screen seal what it holds before it locks', async () => {
    await vault.create(ada, adaKey)
    vault.onLocking(() => vault.saveDraft(draft('d1', 'typed a moment ago')))
    await vault.lock()
    await vault.unlock(adaKey)
    expect((await vault.getDraft('d1'))?.xml).toContain('typed a moment ago')
  })

  it('leaves no word, no key and no unsealed thing on the disk (ASVS 14.3.3)', async () => {
    // Every key passes here on its way into the browser's own encryption: the one of the vault as well, which nobody else ever sees.
    const keys: Buffer[] = []
    const importKey = crypto.subtle.importKey.bind(crypto.subtle) as (...given: unknown[]) => Promise<CryptoKey>
    const spy = vi.spyOn(crypto.subtle, 'importKey').mockImplementation((...given: unknown[]) => {
      if (given[0] === 'raw') keys.push(Buffer.from(given[1] as Uint8Array))
      return importKey(...given)
    })
    await vault.create(ada, adaKey)
    spy.mockRestore()
    await vault.saveDraft({
      ...draft('d1', 'Marker'),
      attachments: [{ name: 'Marker.png', blob: new Blob(['Marker bytes'], { type: 'image/png' }) }],
    })
    await vault.keep('session', { displayName: 'Marker person' })
    const disk = await readWholeDisk()
    expect(disk.length).toBeGreaterThan(500)
    expect(disk).not.toContain('Marker')
    expect(disk).not.toContain('unsealed')
    expect(disk).not.toContain(ada)
    expect(disk).not.toContain(new Uint8Array(32).fill(1).join(','))
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(2)
    for (const key of keys)
      for (const spelling of [key.join(','), key.toString('hex'), key.toString('base64'), key.toString('base64url'), key.toString('latin1')])
        expect(disk.includes(spelling), 'a key lies on the disk').toBe(false)
  })

  it('is invisible to a colleague on the same device', async () => {
    await vault.create(ada, adaKey)
    await vault.saveDraft(draft('d1', 'Ada’s'))
    await vault.attend(ben)
    expect(vault.state.value).toBe('none')
    await vault.create(ben, benKey)
    expect(await vault.listDrafts()).toEqual([])
    expect(await vault.getDraft('d1')).toBeUndefined()
    await vault.attend(ada)
    expect(vault.state.value).toBe('locked')
    await vault.unlock(adaKey)
    expect(await vault.listDrafts()).toHaveLength(1)
  })

  it('is never there without knowing whose it is, even when the page goes away as soon as it is made', async () => {
    await vault.create(ada, adaKey, { displayName: 'Ada' })
    vault = await openPage()
    await vault.attend(undefined)
    await vault.unlock(adaKey)
    expect(await vault.findKept('session')).toEqual({ displayName: 'Ada' })
  })

  it('says who they are when nobody is signed in and there is no connection', async () => {
    await vault.create(ada, adaKey)
    await vault.keep('session', { displayName: 'Ada' })
    vault = await openPage()
    await vault.attend(undefined)
    expect(await vault.unlock(adaKey)).toBe(true)
    expect(await vault.findKept('session')).toEqual({ displayName: 'Ada' })
  })

  it('is wiped whole, also while it is locked, and only the person’s own', async () => {
    await vault.create(ada, adaKey)
    await vault.saveDraft(draft('d1', 'Ada’s'))
    await vault.attend(ben)
    await vault.create(ben, benKey)
    await vault.saveDraft(draft('d2', 'Ben’s'))
    await vault.attend(ada)
    expect(await vault.countBoxes()).toEqual({ drafts: 1, letters: 0 })
    await vault.wipe()
    expect(vault.state.value).toBe('none')
    await vault.attend(ben)
    await vault.unlock(benKey)
    expect(await vault.listDrafts()).toHaveLength(1)
  })
})

describe('drafts in the vault', () => {
  beforeEach(() => vault.create(ada, adaKey))

  it('come back after a reload with their attachments, byte for byte', async () => {
    const picture = crypto.getRandomValues(new Uint8Array(5000))
    await vault.saveDraft({ ...draft('d1', 'half-way'), attachments: [{ name: 'sign.png', blob: new Blob([picture], { type: 'image/png' }) }] })
    vault = await openPage()
    await vault.attend(ada)
    await vault.unlock(adaKey)
    const found = await vault.getDraft('d1')
    const [attachment] = found?.attachments ?? []
    expect(attachment?.name).toBe('sign.png')
    expect(attachment?.blob.type).toBe('image/png')
    expect(new Uint8Array((await attachment?.blob.arrayBuffer()) ?? new ArrayBuffer(0))).toEqual(picture)
  })

  it('keep an attachment across saves and drop it when it is taken out', async () => {
    const blob = new Blob(['a picture'])
    await vault.saveDraft({ ...draft('d1', 'one'), attachments: [{ name: 'a.png', blob }] })
    await vault.saveDraft({ ...draft('d1', 'two'), attachments: [{ name: 'a.png', blob }] })
    expect((await vault.getDraft('d1'))?.attachments).toHaveLength(1)
    expect((await vault.listDrafts())[0]?.attachmentCount).toBe(1)
    await vault.saveDraft(draft('d1', 'three'))
    expect((await vault.getDraft('d1'))?.attachments).toEqual([])
  })

  it('are listed the last changed first, with the days they have left', async () => {
    const now = Date.now()
    await vault.saveDraft(draft('older', 'a', new Date(now - 3 * 86_400_000).toISOString()))
    await vault.saveDraft(draft('newer', 'b', new Date(now).toISOString()))
    expect((await vault.listDrafts()).map(({ draftId, daysLeft }) => [draftId, daysLeft])).toEqual([
      ['newer', 14],
      ['older', 11],
    ])
  })

  it('are wiped when their time is over, even in a vault that stays locked', async () => {
    await vault.saveDraft(draft('old', 'a', '2026-11-01T09:00:00Z'))
    await vault.saveDraft(draft('young', 'b', '2026-11-20T09:00:00Z'))
    await vault.lock()
    expect(await vault.wipePastTime('2026-11-15')).toBe(0)
    expect(await vault.wipePastTime('2026-11-16')).toBe(1)
    await vault.unlock(adaKey)
    expect((await vault.listDrafts()).map(({ draftId }) => draftId)).toEqual(['young'])
  })

  it('what is kept as long as a draft goes by the same day, whichever vault it lies in; other kept things stay', async () => {
    vault.setDraftKeepDays(14)
    await vault.keepAsDrafts('last-saved client_session', '<data><room>Marker room</room></data>')
    await vault.keep('standing', { known: true })
    expect(await readWholeDisk()).not.toContain('Marker')
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
    expect(await vault.wipePastTime(inDays(14))).toBe(0)
    expect(await vault.findKept('last-saved client_session')).toContain('Marker')
    expect(await vault.wipePastTime(inDays(16))).toBe(1)
    expect([await vault.findKept('last-saved client_session'), await vault.findKept('standing')]).toEqual([undefined, { known: true }])
  })

  it('are gone with their attachments once removed', async () => {
    await vault.saveDraft({ ...draft('d1', 'x'), attachments: [{ name: 'a', blob: new Blob(['y']) }] })
    await vault.removeDraft('d1')
    expect(await vault.getDraft('d1')).toBeUndefined()
    expect(await readWholeDisk()).not.toContain('"d1"')
  })
})
