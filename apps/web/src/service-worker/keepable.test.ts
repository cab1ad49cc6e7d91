import { describe, expect, it } from 'vitest'
import { isFormFile, isKeepable, isVersioned } from './keepable.ts'
import { keyKeeper } from './key-keeper.ts'

describe('what the service worker may keep in the clear', () => {
  it.each(['/api/programme', '/api/forms', '/api/forms/client_session/3'])('keeps %s, which is the same for everybody', (path) =>
    expect(isKeepable(path)).toBe(true),
  )

  it.each([
    '/api/session',
    '/api/standing',
    '/api/records',
    '/api/records/6b8f0000-0000-4000-8000-000000000001',
    '/api/people',
    '/api/demo/people',
    '/api/forms/a/b/c',
    '/api/programme/people',
    '/submission',
    '/api/',
  ])('never keeps %s', (path) => expect(isKeepable(path)).toBe(false))

  it('knows a file beside a form, which is kept apart', () => {
    expect(isFormFile('/api/forms/client_session/3/files/dog.png')).toBe(true)
    for (const path of ['/api/forms/client_session/3', '/api/form-drafts/x/files/dog.png', '/api/forms/a/b/files/c/d', '/api/forms/a/b/files/'])
      expect(isFormFile(path), path).toBe(false)
    expect(isKeepable('/api/forms/client_session/3/files/dog.png')).toBe(false)
  })

  it('knows which address can never change', () => {
    expect(isVersioned('/api/forms/client_session/3')).toBe(true)
    expect(isVersioned('/api/forms')).toBe(false)
  })
})

describe('the key of a vault while a page is reloaded', () => {
  const key = {} as CryptoKey

  it('is given back until one page took it', () => {
    const keeper = keyKeeper(() => 0)
    keeper.hold('v', key)
    expect(keeper.give('v')).toBe(key)
    expect(keeper.give('v')).toBe(key)
    keeper.took('v')
    expect(keeper.give('v')).toBeUndefined()
  })

  it('is forgotten after a minute, and at once when the vault is locked', () => {
    let now = 0
    const keeper = keyKeeper(() => now)
    keeper.hold('v', key)
    now = 60_001
    expect(keeper.give('v')).toBeUndefined()
    keeper.hold('v', key)
    keeper.forget()
    expect(keeper.give('v')).toBeUndefined()
  })

  it('is given to its own vault only', () => {
    const keeper = keyKeeper(() => 0)
    keeper.hold('v', key)
    expect(keeper.give('w')).toBeUndefined()
  })
})
