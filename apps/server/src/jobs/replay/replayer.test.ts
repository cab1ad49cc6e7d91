import { readFileSync, readdirSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { startReplayer } from './replayer.ts'

const form = `<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms">
<h:head><h:title>Sum</h:title><model><instance><data id="sum" version="1"><first/><second/><total/><meta><instanceID/></meta></data></instance>
<bind nodeset="/data/first" type="int" required="true()"/><bind nodeset="/data/second" type="int" constraint=". &lt; 10" relevant="/data/first &gt; 0"/>
<bind nodeset="/data/total" type="int" calculate="/data/first + 1"/><bind nodeset="/data/meta/instanceID" type="string" readonly="true()" jr:preload="uid"/></model></h:head>
<h:body><input ref="/data/first"><label>First</label></input><input ref="/data/second"><label>Second</label></input></h:body></h:html>`
const sent = (first: string, second: string, total: string) =>
  `<data id="sum" version="1"><first>${first}</first><second>${second}</second><total>${total}</total><meta><instanceID>uuid:7b7b8f6e-4c57-4d36-9b6e-0e1f6d1a2b3c</instanceID></meta></data>`

describe('replaying a submission', () => {
  const replayer = startReplayer({ recycleAfter: 3 })
  afterAll(() => replayer.stop())
  const replay = (submission: string) =>
    replayer.replay({ formHash: 'sum-1', formXml: form, submission, attachments: [], ignored: [], unruled: [], derived: [] })

  it('agrees with an honest record', async () => {
    expect(await replay(sent('4', '5', '5'))).toEqual([])
  })

  it('names the place of a calculation that was tampered with, and not the answer', async () => {
    const places = await replay(sent('4', '5', '99'))
    expect(places).toEqual([{ path: '/data/total', why: 'differs' }])
    expect(JSON.stringify(places)).not.toContain('99')
  })

  it('names what is missing and what breaks its rule', async () => {
    expect(await replay(sent('4', '12', '5'))).toEqual([{ path: '/data/second', why: 'constraint' }])
    expect(await replay(sent('', '', ''))).toContainEqual({ path: '/data/first', why: 'required' })
  })

  it('goes on with the next record after one that cannot be read, and after its process was replaced', async () => {
    expect(await replay('<other id="sum"/>')).toHaveLength(1)
    for (let round = 0; round < 4; round++) expect(await replay(sent('4', '5', '5'))).toEqual([])
  })
  it.runIf(process.platform === 'linux')('ends its process also when the last answer took longer than the rest lasts', async () => {
    const children = () =>
      readdirSync('/proc/self/task').reduce(
        (sum, task) => sum + readFileSync(`/proc/self/task/${task}/children`, 'utf8').split(' ').filter(Boolean).length,
        0,
      )
    const brief = startReplayer({ idleMs: 1 })
    const ask = () =>
      brief.replay({ formHash: 'sum-1', formXml: form, submission: sent('4', '5', '5'), attachments: [], ignored: [], unruled: [], derived: [] })
    await ask()
    await brief.stop()
    const before = children()
    expect(await ask()).toEqual([])
    await expect.poll(children, { timeout: 10_000 }).toBeLessThanOrEqual(before)
  })
})
