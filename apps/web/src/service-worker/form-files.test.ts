import { describe, expect, it } from 'vitest'
import { formFiles } from './form-files.ts'

const origin = 'https://attune.example.org'
/** A cache as browsers have it: in the order in which things were put in. */
function makeStore() {
  const kept = new Map<string, Response>()
  const key = (request: RequestInfo | URL) => new URL(request instanceof Request ? request.url : String(request), origin).href
  const cache = {
    match: (request: RequestInfo) => Promise.resolve(kept.get(key(request))?.clone()),
    put: (request: RequestInfo, reply: Response) => {
      kept.delete(key(request))
      kept.set(key(request), reply)
      return Promise.resolve()
    },
    delete: (request: RequestInfo) => Promise.resolve(kept.delete(key(request))),
    keys: () => Promise.resolve([...kept.keys()].map((url) => new Request(url))),
  }
  return { store: { open: () => Promise.resolve(cache as unknown as Cache) }, paths: () => [...kept.keys()].map((url) => new URL(url).pathname) }
}
const place = (version: string, name: string) => `/api/forms/client-session/${version}/files/${name}`
const answer = (content: string, type = 'image/png') => new Response(content, { headers: { 'content-type': type } })

function start(reply: (path: string) => Response | undefined, limitBytes?: number) {
  const { store, paths } = makeStore()
  const asked: string[] = []
  const files = formFiles(
    store,
    (request) => {
      const path = new URL(request instanceof Request ? request.url : request, origin).pathname
      asked.push(path)
      const found = reply(path)
      return found === undefined ? Promise.reject(new TypeError('no network')) : Promise.resolve(found)
    },
    limitBytes,
  )
  const find = async (path: string) => {
    const works: Promise<unknown>[] = []
    const found = await files.find(new Request(origin + path), path, (work) => works.push(work))
    await Promise.all(works)
    return found
  }
  return { files, paths, asked, find }
}

describe('files beside forms on the device', () => {
  it('are fetched once and answered from the device from then on, marked as kept', async () => {
    const { find, asked } = start(() => answer('dog'))
    expect(await (await find(place('1', 'dog.png'))).text()).toBe('dog')
    const again = await find(place('1', 'dog.png'))
    expect([await again.text(), again.headers.get('content-type'), again.headers.get('attune-kept')]).toEqual(['dog', 'image/png', '1'])
    expect(asked).toEqual([place('1', 'dog.png')])
  })

  it('are not kept when the server refuses or a sign-in page answers in its place', async () => {
    const { find, paths } = start((path) => (path.endsWith('a.png') ? new Response('', { status: 404 }) : answer('<html>', 'text/html')))
    expect((await find(place('1', 'a.png'))).status).toBe(404)
    await find(place('1', 'b.png'))
    expect(paths()).toEqual([])
  })

  it('of today’s forms are fetched ahead; those of versions that no form and no draft needs go', async () => {
    const { files, paths, find } = start((path) => (path.endsWith('away.png') ? undefined : answer('x')))
    for (const version of ['1', '2', '3']) await find(place(version, 'dog.png'))
    await files.keepOnly({ paths: [place('4', 'dog.png'), place('4', 'away.png'), place('4', 'towns.csv')], spared: [place('2', '')] })
    expect(paths()).toEqual([place('2', 'dog.png'), place('4', 'dog.png'), place('4', 'towns.csv')])
    // One that could not be had is tried again the next time.
    await files.keepOnly({ paths: [place('4', 'towns.csv')], spared: ['/'] })
    expect(paths()).toContain(place('2', 'dog.png'))
  })

  it('take no more room than the limit: the oldest goes first, and one that is larger than all is not kept', async () => {
    const { find, paths } = start((path) => answer('x'.repeat(path.endsWith('large.mp4') ? 200 : 40)), 100)
    for (const name of ['a.png', 'b.png', 'c.png']) await find(place('1', name))
    expect(paths()).toEqual([place('1', 'b.png'), place('1', 'c.png')])
    expect((await (await find(place('1', 'large.mp4'))).text()).length).toBe(200)
    expect(paths()).toEqual([place('1', 'b.png'), place('1', 'c.png')])
  })
})
