// A form with a picture and a list of its own, in a real browser: handed in without them and then with them, looked over, published by another, filled
// in with the server gone, and read in the record and the download.
import { readFileSync } from 'node:fs'
import { deflateSync, crc32 } from 'node:zlib'
import type { Page } from 'playwright-core'
import { beforeEach, describe, expect, it } from 'vitest'
import { formWithFiles } from '../../../packages/programme/test/form-with-files.ts'
import { unzip } from '../../server/test/unzip.ts'
import { desktop, phone } from './browser.ts'
import { arriveAt, choose, goThrough, protectDevice, send, signIn, startSession, visit } from './practitioner-walk.ts'
import { lookAt, lookAtBoth, useBrowser, useServer } from './walk.ts'

const server = useServer()
const browser = useBrowser({ viewport: desktop })
let page: Page
beforeEach(() => {
  page = browser.page
})

const version = '2026-09.files'
const form = formWithFiles({
  version,
  media: { 'media::image': 'dog.png', 'media::big-image': 'dog-large.svg' },
  picks: { choice_filter: "area = if(${place_known} = 'yes', 'north', 'south')" },
})
const towns = 'name;label;area\nabc;Abertown;north\ndef;Deepdale;south\nghi;Glenford;north\n'
const drawing =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40" width="600" height="400"><rect width="60" height="40" style="fill:#d8ecec"/><circle cx="30" cy="20" r="14" fill="#0b5a5c"/></svg>'

/** A picture of coloured stripes. */
function stripes(width: number, height: number): Buffer {
  const part = (name: string, content: Buffer) => {
    const body = Buffer.concat([Buffer.from(name), content])
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(content.length)
    check.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, check])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const row = Buffer.from([0, ...Array.from({ length: width }, (_, x) => [(x * 7) % 256, 120, 200 - ((x * 3) % 200)]).flat()])
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    part('IHDR', head),
    part('IDAT', deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))),
    part('IEND', Buffer.alloc(0)),
  ])
}

const inPhone = () => page.frameLocator('iframe')
const file = (name: string, mimeType: string, content: string | Buffer) => ({ name, mimeType, buffer: Buffer.from(content) })
const check = () => page.getByRole('button', { name: 'Check this form' }).click()
const isPainted = (image: HTMLImageElement) => image.complete && image.naturalWidth > 10
let draft = ''
let service = ''

describe('a form with files', () => {
  it('is refused at the cells that name what is missing, and taken once it is there', async () => {
    await signIn(page, server.url, 'administrator', 0)
    await page.goto(`${server.url}/forms/hand-in`)
    await page.getByLabel('The form as a spreadsheet').setInputFiles(file('client-session.md', 'text/markdown', form))
    await check()
    await page.getByRole('listitem').filter({ hasText: 'refers to “dog.png”, which was not handed in' }).waitFor()
    await page.getByRole('listitem').filter({ hasText: 'refers to “towns.csv”' }).waitFor()
    const beside = page.getByLabel('Files that the form names', { exact: true })
    await beside.setInputFiles([
      file('dog.png', 'image/png', stripes(320, 200)),
      file('towns.csv', 'text/csv', towns),
      file('spare.png', 'image/png', stripes(20, 20)),
    ])
    await beside.setInputFiles([file('dog-large.svg', 'image/svg+xml', drawing)])
    const list = page.getByRole('list', { name: 'Files that go with the form' })
    await list.getByText('dog-large.svg').waitFor()
    await lookAtBoth(page, '41-hand-in-with-files')
    await page.getByRole('button', { name: 'Take out spare.png' }).click()
    expect(await list.getByRole('listitem').count()).toBe(3)
    // What was chosen stays for the next try; the form is chosen again, as it was changed meanwhile.
    await page.getByLabel('The form as a spreadsheet').setInputFiles(file('client-session.md', 'text/markdown', form))
    await check()
    await arriveAt(page, 'Client session')
    draft = page.url()
    await page.getByText('Files that are new: dog-large.svg, dog.png, towns.csv.').waitFor()
  })

  it('is tried out with its picture and its list by the second person, who publishes it', async () => {
    await signIn(page, server.url, 'administrator', 1)
    await page.goto(draft)
    await inPhone().getByRole('heading', { level: 1, name: 'Consent' }).waitFor()
    await page.getByRole('button', { name: 'Publish this version' }).waitFor()
    await lookAtBoth(page, '41-draft-with-files')
    await page.getByRole('button', { name: 'Publish this version' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Publish this version' }).click()
    await page.getByText('New sessions use it from now on').waitFor()
  })

  it('is filled in on a phone with the server gone: the picture shows, the choices of the file are filtered', async () => {
    await signIn(page, server.url, 'practitioner')
    await page.goto(`${server.url}/unlock`)
    await protectDevice(page)
    await page.goto(server.url)
    service = (await page.locator('.govuk-caption-l').first().innerText()).trim()
    await page.reload()
    await arriveAt(page, /^Hello/)
    // The service worker fetches them one after the other.
    await page.waitForFunction(async () => (await (await caches.open('attune-form-files-1')).keys()).length === 3)
    await server.held.now.stop()
    await visit(page, server.url, /^Hello/)
    await page.setViewportSize({ width: 360, height: 760 })
    await startSession(page)
    await goThrough(page, 'Laughs at the paper boat.', async (title) => {
      if (title !== 'The child') return
      const picture = page.locator('.question__media img').first()
      await picture.waitFor()
      await expect.poll(() => picture.evaluate(isPainted)).toBe(true)
      expect(await picture.getAttribute('alt')).toBe('Picture for: Was the place known?')
      await choose(page, /Was the place known/, 'No')
      const halls = page.getByRole('group', { name: /Which hall was nearest/ }).last()
      await halls.getByLabel('Deepdale').waitFor()
      expect(await halls.getByRole('radio').count()).toBe(1)
      await choose(page, /Was the place known/, 'Yes')
      await halls.getByLabel('Glenford').check()
      expect(await halls.getByRole('radio').count()).toBe(2)
      for (const theme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: theme })
        await lookAt(page, `41-form-with-files-${theme}-360`)
        await page.setViewportSize(desktop)
        await lookAt(page, `41-form-with-files-${theme}-1280`)
        await page.setViewportSize({ width: 360, height: 760 })
      }
      await page.emulateMedia({ colorScheme: 'light' })
      await page.getByRole('button', { name: 'Show the picture larger' }).click()
      await page.getByRole('button', { name: 'Show the picture smaller' }).waitFor()
      await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(600)
    })
    await send(page)
    await server.startAgain()
    await page.setViewportSize(phone)
    await visit(page, `${server.url}/waiting`, 'Waiting to send')
    const nothing = page.getByText('Nothing is waiting')
    for (let round = 0; round < 20 && !(await nothing.isVisible()); round++) {
      const now = page.getByRole('button', { name: 'Try to send now' })
      if (await now.isVisible()) await now.click().catch(() => undefined)
      await page.waitForTimeout(500)
    }
    await nothing.waitFor()
    await page.setViewportSize(desktop)
  })

  it('stands in the record and in the download with what was chosen', async () => {
    await page.goto(`${server.url}/demo`)
    await page
      .locator('.demo-person', { hasText: service })
      .filter({ hasText: /data support/i })
      .first()
      .getByRole('button')
      .click()
    await page.waitForURL(`${server.url}/`)
    await page.goto(`${server.url}/download`)
    await arriveAt(page, /Download/)
    await page.locator('input[value=csv]').check()
    await page.getByRole('checkbox').last().check()
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: /Download/ }).click()
    const saved = readFileSync(await (await downloading).path())
    const files = unzip(saved, await page.locator('.download__passphrase').innerText())
    const [heads = '', ...rows] = (files.get('records.csv')?.toString('utf8') ?? '').split('\r\n')
    const row = rows.find((one) => one.includes('paper boat'))?.split(',') ?? []
    expect(row[heads.split(',').indexOf('hall')]).toBe('ghi')
  })

  it('comes on paper with its picture', async () => {
    await signIn(page, server.url, 'administrator', 0)
    await page.goto(`${server.url}/forms/client-session/${version}`)
    await page.getByText(/dog\.png \(/).waitFor()
    const paper = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save the paper form (PDF)' }).click()
    const bytes = readFileSync(await (await paper).path())
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(bytes.toString('latin1')).toContain('/Subtype /Image')
    expect(browser.faults).toEqual([])
  })
})
