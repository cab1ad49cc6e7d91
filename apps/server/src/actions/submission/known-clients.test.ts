import { describe, expect, it } from 'vitest'
import type { Attune } from '../../attune.ts'
import { makeKey } from '../../store/keyring/seal.ts'
import { withNewClient } from './known-clients.ts'
import type { SpareClient } from './spare-clients.ts'

const server = () => ({}) as Attune
const code = (text: string) => Buffer.from(text)
const makeTaker = () => {
  let taken = 0
  const take = async (): Promise<SpareClient> => ({ clientId: `client ${++taken}`, key: makeKey('test') })
  return { take, count: () => taken }
}

describe('a client who is new', () => {
  it('is the same for all who send its code at once, and none of them waits for another', async () => {
    const [attune, { take, count }] = [server(), makeTaker()]
    let arrived = 0
    let open = () => {}
    const allHere = new Promise<void>((resolve) => (open = resolve))
    const send = (text: string) =>
      withNewClient(attune, code(text), take, async (getNew) => {
        const client = await getNew()
        // Nobody goes on before the last has come: were one to wait for another, this would not end.
        if (++arrived === 4) open()
        await allHere
        return client
      })
    const [first, second, other, third] = await Promise.all([send('A'), send('A'), send('B'), send('A')])
    expect([second, third]).toEqual([first, first])
    expect(other.clientId).not.toBe(first.clientId)
    expect(count()).toBe(2)
  })

  it('is taken once more when that failed, and is not remembered here when all are done', async () => {
    const [attune, { take, count }] = [server(), makeTaker()]
    const failing = () => Promise.reject(new Error('no key'))
    await withNewClient(attune, code('A'), failing, async (getNew) => {
      await expect(getNew()).rejects.toThrow('no key')
      expect((await withNewClient(attune, code('A'), take, (getNew) => getNew())).clientId).toBe('client 1')
    })
    expect((await withNewClient(attune, code('A'), take, (getNew) => getNew())).clientId).toBe('client 2')
    expect(count()).toBe(2)
  })

  it('takes nothing for a submission that is refused before it needs a client', async () => {
    const [attune, { take, count }] = [server(), makeTaker()]
    await expect(withNewClient(attune, code('A'), take, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
    expect(count()).toBe(0)
  })
})
