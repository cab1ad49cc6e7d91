import './test/jsdom.ts'
import { describe, expect, it } from 'vitest'
import { allKinds } from './test/all-kinds.ts'
import {
  findDifferences,
  FormUnusable,
  nameOf,
  openForm,
  plainText,
  shownQuestions,
  splitGuidance,
  toFileName,
  wordsOf,
  type FormSession,
  type QuestionNode,
} from './index.ts'

function find(session: FormSession, name: string): QuestionNode {
  const node = shownQuestions(session.root).find((candidate) => nameOf(candidate) === name)
  if (node === undefined) throw new Error(`The form shows no question called ${name}.`)
  return node
}

function answer(session: FormSession, name: string, value: string): void {
  const node = find(session, name)
  if (node.nodeType === 'select') node.selectValue(value)
  else if (node.nodeType === 'input') node.setValue(value as never)
  else throw new Error(`${name} takes no text.`)
}

describe('a form in the engine', () => {
  it('what stands in the way is named with the author’s words, and what is ready goes out with the same identifier', async () => {
    const session = (await openForm(allKinds)).createSession()
    expect(session.violations()).toMatchObject([{ path: '/data/name', kind: 'required', message: 'Enter your name' }])
    answer(session, 'name', 'Ada')
    answer(session, 'age', '130')
    expect(session.violations()).toMatchObject([
      { path: '/data/age', kind: 'constraint', message: undefined },
      { path: '/data/colour', kind: 'required', message: undefined },
    ])
    expect(await session.prepareSubmission()).toMatchObject({ status: 'incomplete' })
    answer(session, 'age', '40')
    answer(session, 'colour', 'red')
    const prepared = await session.prepareSubmission()
    if (prepared.status !== 'ready') throw new Error('The form should be ready.')
    expect(prepared.instanceId).toMatch(/^uuid:/)
    expect(prepared.xml).toContain(`<double>80</double>`)
    expect(session.toDraft().xml).toContain(prepared.instanceId)
    session.close()
  })

  it('a draft comes back with its identifier, and its files go out again under names that say nothing', async () => {
    const form = await openForm(allKinds)
    const first = form.createSession()
    answer(first, 'name', 'Ada')
    const photo = find(first, 'photo')
    if (photo.nodeType !== 'upload') throw new Error('The photo should be an upload.')
    photo.setValue(new File(['pixels'], 'Jane at home.jpg', { type: 'image/jpeg' }))
    const draft = first.toDraft()
    expect(draft.attachments).toHaveLength(1)
    expect(draft.attachments[0]?.name).toMatch(/^file-[\w-]+\.jpg$/)
    expect(draft.xml).not.toContain('Jane')
    first.close()

    const second = await (await openForm(allKinds)).restoreSession(draft)
    const prepared = await second.prepareSubmission()
    expect(prepared).toMatchObject({ status: 'ready', xml: draft.xml, attachments: [{ name: draft.attachments[0]?.name }] })
    if (prepared.status === 'ready') expect(await prepared.attachments[0]?.blob.text()).toBe('pixels')
    second.close()
  })

  it('a choice that is not in the list reads as missing when an answer is needed', async () => {
    const form = await openForm(allKinds)
    const xml =
      '<data id="all-kinds" version="3"><name>Ada</name><age>9</age><colour>beige</colour><meta><instanceID>uuid:1</instanceID></meta></data>'
    const session = await form.restoreSession({ xml, attachments: [] })
    expect(session.violations()).toMatchObject([{ path: '/data/colour', kind: 'required' }])
    session.close()
  })

  it('the engine’s own rendering of tampered answers differs at the paths that were tampered with', async () => {
    const form = await openForm(allKinds)
    const sent =
      '<data id="all-kinds" version="3"><name>Ada</name><age>2</age><colour>red</colour><double>99</double><extra>x</extra><meta><instanceID>uuid:1</instanceID></meta></data>'
    const session = await form.restoreSession({ xml: sent, attachments: [] })
    expect(findDifferences(sent, session.toDraft().xml)).toEqual(['/data/colour', '/data/double', '/data/extra'])
    expect(findDifferences(session.toDraft().xml, session.toDraft().xml)).toEqual([])
    session.close()
  })

  it('is not fooled by other words for the same value, nor by what was left to be worked out', () => {
    const of = (fields: string) => `<data>${fields}</data>`
    const same = (one: string, other: string) => findDifferences(of(`<a>${one}</a>`), of(`<a>${other}</a>`))
    expect(same('4.0', '4')).toEqual([])
    expect(same('51.50 -0.10 0.0 0.0', '51.5 -0.1 0 0')).toEqual([])
    expect(same('2025-11-21T10:00:00.000Z', '2025-11-21T11:00:00+01:00')).toEqual([])
    expect(same('bread tea', 'tea bread')).toEqual([])
    expect(same('bread tea', 'tea')).toEqual(['/data/a'])
    expect(same('51.5 -0.1 0 0', '-0.1 51.5 0 0')).toEqual(['/data/a'])
    expect(same('4', '5')).toEqual(['/data/a'])
    expect(findDifferences(of('<a/>'), of('<a>7</a><b>8</b>'), new Set(), new Set(['a', 'b']))).toEqual([])
    expect(findDifferences(of('<a>6</a>'), of('<a>7</a>'), new Set(), new Set(['a', 'b']))).toEqual(['/data/a'])
  })

  it('hints and guidance are shown apart, in the language in use', async () => {
    const session = (await openForm(allKinds)).createSession()
    const parts = (name: string) => {
      const { hint, guidance } = splitGuidance(find(session, name).currentState.hint?.formatted ?? [])
      return [wordsOf(hint), wordsOf(guidance)]
    }
    answer(session, 'age', '7')
    expect(parts('name')).toEqual(['As on your badge', 'Leave out titles of 7'])
    expect(parts('age')).toEqual(['', 'In whole years'])
    expect(plainText(find(session, 'name').currentState.hint)).toBe('As on your badge')
    expect(session.languages).toEqual(['English (en)', 'Cymraeg (cy)'])
    session.setLanguage('Cymraeg (cy)')
    expect(session.language()).toBe('Cymraeg (cy)')
    expect(parts('name')).toEqual(['Fel ar eich bathodyn', 'Heb deitlau'])
    session.setLanguage('Klingon')
    expect(session.language()).toBe('Cymraeg (cy)')
    session.close()
  })

  it('a form that the engine refuses says so instead of throwing something of its own', async () => {
    await expect(openForm('<html/>')).rejects.toBeInstanceOf(FormUnusable)
    await expect(openForm(allKinds.replace('/data/age * 2', 'unheard-of(/data/age)')).then((form) => form.createSession())).rejects.toBeInstanceOf(
      FormUnusable,
    )
  })

  it('a draft of another form is refused, and the form opens again afterwards', async () => {
    const form = await openForm(allKinds)
    await expect(form.restoreSession({ xml: '<other id="x"/>', attachments: [] })).rejects.toBeInstanceOf(FormUnusable)
    const xml = '<data id="all-kinds" version="3"><name>Ada</name><meta><instanceID>uuid:1</instanceID></meta></data>'
    const session = await form.restoreSession({ xml, attachments: [] })
    expect(session.violations()).toEqual([])
    session.close()
  })

  it('numbers of the engine never reach JSON as numbers that JSON cannot hold', async () => {
    const session = (await openForm(allKinds)).createSession()
    answer(session, 'age', '7')
    expect(JSON.stringify({ draft: session.toDraft(), violations: session.violations() })).toContain('<age>7</age>')
    session.close()
  })
})

describe('files beside a form', () => {
  const form = `<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms">
<h:head><h:title>Towns</h:title><model><itext><translation lang="en" default="true()"><text id="town:label"><value>Which town?</value><value form="image">jr://images/the%20dog.png</value><value form="big-image">jr://images/large.png</value></text></translation></itext>
<instance><data id="towns" version="1"><town/><meta><instanceID/></meta></data></instance><instance id="towns" src="jr://file-csv/towns.csv"/>
<bind nodeset="/data/town" type="string"/><bind nodeset="/data/meta/instanceID" type="string" readonly="true()" jr:preload="uid"/></model></h:head>
<h:body><select1 ref="/data/town"><label ref="jr:itext('town:label')"/><itemset nodeset="instance('towns')/root/item[area = 'north']"><value ref="name"/><label ref="label"/></itemset></select1></h:body></h:html>`
  const optionsWith = async (files: Readonly<Record<string, string>>) => {
    const asked: string[] = []
    const open = await openForm(form, {
      findFile: (name) => {
        asked.push(name)
        return Promise.resolve(files[name] === undefined ? undefined : new Blob([files[name]]))
      },
    })
    const node = find(open.createSession(), 'town')
    if (node.nodeType !== 'select') throw new Error('It is no question of choices.')
    return { node, asked, options: node.currentState.valueOptions.map(({ value, label }) => [value, plainText(label)]) }
  }

  it('a list is asked for by its name and filtered as the form says', async () => {
    const { asked, options } = await optionsWith({ 'towns.csv': 'name,label,area\na,Abertown,north\nb,Brook,south\n' })
    expect(asked).toEqual(['towns.csv'])
    expect(options).toEqual([['a', 'Abertown']])
  })

  it('a list that is not there, or empty, leaves the form open with nothing to choose', async () => {
    expect((await optionsWith({})).options).toEqual([])
    expect((await optionsWith({ 'towns.csv': '' })).options).toEqual([])
  })

  it('the address of a larger picture is no part of the words; the picture keeps its name', async () => {
    const { node } = await optionsWith({})
    expect(plainText(node.currentState.label)).toBe('Which town?')
    expect(toFileName(node.currentState.label?.imageSource?.href ?? '')).toBe('the dog.png')
  })
})
