import { afterEach, describe, expect, it } from 'vitest'
import { startAttune, type TestAttune } from '../../test/attune.ts'
import { withClient } from './postgres-databases.ts'
import { settleMode } from './installation.ts'

let attune: TestAttune
afterEach(() => attune.stop())
const settle = (wanted: 'demo' | 'real' | undefined) => settleMode(attune.attune.databases, wanted, 'demo')

describe('demo and real', () => {
  it('are settled once: a real installation never starts as a demo', async () => {
    attune = await startAttune({ mode: 'real' })
    expect(await settle(undefined)).toBe('real')
    await expect(settle('demo')).rejects.toThrow('This is a real installation')
    const stranger = attune.stranger()
    expect((await stranger.get('/api/demo/people')).body.code).toBe('demo-only')
    expect((await stranger.post('/api/demo/session', { personId: 'x' })).body.code).toBe('demo-only')
  })

  it('do not mix: a demo never becomes real', async () => {
    attune = await startAttune({ mode: 'demo' })
    await expect(settle('real')).rejects.toThrow('a demo never becomes real')
    expect(await settle(undefined)).toBe('demo')
  })

  it('do not mix when the mark is lost either: a demo does not start where there are people or services', async () => {
    attune = await startAttune({ mode: 'real', services: [] })
    const forget = () => withClient(attune.databases.admin.attune, (admin) => admin.query('delete from policy.installation'))
    await forget()
    expect(await settle('demo')).toBe('demo')
    await forget()
    await attune.as('analyst')
    await expect(settle('demo')).rejects.toThrow('There are people or services in this installation already')
  })
})
