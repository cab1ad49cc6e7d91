// Questions about places with a map beside them, on the page for forms, and a server of tiles of our own.
import { createServer, type Server } from 'node:http'
import { crc32, deflateSync } from 'node:zlib'
import type { MapView } from '@attune/contract'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLab, startFormLab, toFormView, type FormLab } from './form-lab.ts'
import { accessibilityFindings, desktop, phone, sidewaysOverflow } from './browser.ts'
import { lookAt, useBrowser } from './walk.ts'

/** A picture of one colour with a darker rim, as a tile is. */
function toPng(red: number, green: number, blue: number): Buffer {
  const size = 256
  const lines = Buffer.alloc(size * (1 + size * 3))
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const rim = row < 2 || column < 2 ? 0.6 : 1 - ((row ^ column) & 32) / 400
      lines.set([red * rim, green * rim, blue * rim].map(Math.round), row * (1 + size * 3) + 1 + column * 3)
    }
  const chunk = (kind: string, bytes: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(kind, 'latin1'), bytes])
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(bytes.length)
    check.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, check])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(size, 0)
  head.writeUInt32BE(size, 4)
  head.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const asked: { path: string; referer: string | undefined }[] = []
let tiles: Server
let map: MapView
let lab: FormLab
beforeAll(async () => {
  const png = toPng(188, 214, 190)
  tiles = createServer((request, response) => {
    asked.push({ path: request.url ?? '', referer: request.headers.referer })
    response.writeHead(200, { 'content-type': 'image/png', 'cross-origin-resource-policy': 'cross-origin', 'cache-control': 'no-store' }).end(png)
  })
  await new Promise<void>((resolve) => tiles.listen(0, '127.0.0.1', resolve))
  const { port } = tiles.address() as { port: number }
  map = {
    tiles: `http://127.0.0.1:${port}/ground/{z}/{x}/{y}.png`,
    attribution: '© Our own ground',
    deepest: 17,
    start: { latitude: 51.48, longitude: -3.18, level: 12 },
  }
  lab = await startFormLab(map)
}, 120_000)
afterAll(async () => {
  await lab.close()
  tiles.closeAllConnections()
  await new Promise((resolve) => tiles.close(resolve))
})

const form = toFormView(
  `| survey |
| | type | name | label | appearance |
| | begin_group | page | Places | field-list |
| | geopoint | spot | Where do you meet? | placement-map |
| | geopoint | seen | Where are you? | maps |
| | geotrace | way | The way there | |
| | geoshape | garden | The garden | |
| | geopoint | plain | Somewhere else | |
| | end_group | | | |
| settings |
| | form_id | version |
| | places | 1 |`,
  'other',
)
const answerOf = (page: Page, name: string): Promise<string> =>
  page.evaluate(`(/<${name}>([^<]*)</.exec([...globalThis.attuneLab.lab.drafts.values()].at(-1)?.xml ?? '') ?? ['', ''])[1]`)
const waitForAnswer = async (page: Page, name: string, pattern: RegExp): Promise<string> => {
  await expect.poll(() => answerOf(page, name), { timeout: 5000 }).toMatch(pattern)
  return answerOf(page, name)
}
const question = (page: Page, name: string) => page.getByRole('group', { name: new RegExp(name) })

describe.each([
  ['phone', phone, false],
  ['desktop', desktop, false],
  ['phone-dark', phone, true],
] as const)('a map on a %s', (device, viewport, dark) => {
  const browser = useBrowser({ viewport, dark })

  it('asks its server for nothing until somebody wants it, and then puts, moves and takes away places by finger and by keyboard', async () => {
    const { page } = browser
    asked.length = 0
    const faults = await openLab(page, lab.url, form, { map })
    const where = question(page, 'Where do you meet')
    await where.getByText('127.0.0.1', { exact: false }).waitFor()
    await lookAt(page, `${device}-map-unasked`)
    expect(asked).toEqual([])
    expect(await question(page, 'Somewhere else').getByRole('button', { name: 'Show the map' }).count()).toBe(0)
    await where.getByRole('button', { name: 'Show the map' }).click()
    const ground = where.getByRole('application', { name: 'A map' })
    await ground.waitFor()
    await expect.poll(() => asked.length).toBeGreaterThan(3)
    expect(asked.every(({ path, referer }) => path.startsWith('/ground/') && referer === undefined)).toBe(true)
    await where.getByText('© Our own ground').waitFor()

    const box = (await ground.boundingBox())!
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
    const first = await waitForAnswer(page, 'spot', /^51\.4[78]\d* -3\.1[78]\d* 0\.0 0\.0$/)
    expect(await where.getByLabel('Latitude').inputValue()).toMatch(/^51\.4/)
    await page.mouse.click(box.x + box.width / 2 + 60, box.y + box.height / 2)
    expect(Number((await waitForAnswer(page, 'spot', /-3\.1[0-6]/)).split(' ')[1])).toBeGreaterThan(Number(first.split(' ')[1]))
    await where.getByLabel('Latitude').fill('53.2')
    await waitForAnswer(page, 'spot', /^53\.2 /)
    expect(await where.getByText(/was moved to/).count()).toBe(0)

    const way = question(page, 'The way there')
    const track = way.getByRole('application')
    await track.focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('+')
    await page.keyboard.press('Enter')
    const line = await waitForAnswer(page, 'way', /;/)
    expect(line.split(/;\s*/)).toHaveLength(2)
    await way.getByText(/^Place 2 is at 51\./).waitFor()
    await page.keyboard.press('Enter')
    await way.getByText('Place 2 is chosen', { exact: false }).waitFor()
    await lookAt(page, `${device}-map`)
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await way.getByText(/^Place 2 was moved to 51\./).waitFor()
    await expect.poll(() => answerOf(page, 'way')).not.toBe(line)
    expect((await answerOf(page, 'way')).split(/;\s*/)[0]).toBe(line.split(/;\s*/)[0])
    await page.keyboard.press('Enter')
    await page.keyboard.press('Delete')
    expect(await waitForAnswer(page, 'way', /^$/)).toBe('')
    await way.getByText('Add at least 2 places').first().waitFor()
    await way.getByRole('button', { name: 'Remove place 1' }).click()

    // Dragged: a place goes along with the finger, the ground is pushed away.
    const garden = question(page, 'The garden')
    const plot = garden.getByRole('application')
    await plot.scrollIntoViewIfNeeded()
    const at = (await plot.boundingBox())!
    const spot = (right: number, down: number) => [at.x + at.width / 2 + right, at.y + at.height / 2 + down] as const
    for (const corner of [spot(-60, -50), spot(60, -50), spot(0, 60)]) await page.mouse.click(...corner)
    const closed = (await waitForAnswer(page, 'garden', /;.*;.*;/)).split(/;\s*/)
    expect([closed.length, closed[3]]).toEqual([4, closed[0]])
    await page.mouse.move(...spot(0, 60))
    await page.mouse.down()
    await page.mouse.move(...spot(20, 90), { steps: 4 })
    await page.mouse.up()
    await expect.poll(async () => (await answerOf(page, 'garden')).split(/;\s*/)[2]).not.toBe(closed[2])
    expect((await answerOf(page, 'garden')).split(/;\s*/)[0]).toBe(closed[0])
    const before = asked.length
    await page.mouse.move(...spot(100, 100))
    await page.mouse.down()
    await page.mouse.move(...spot(-140, 0), { steps: 4 })
    await page.mouse.up()
    await expect.poll(() => asked.length).toBeGreaterThan(before)
    await lookAt(page, `${device}-map-area`)

    // A map that is only to look at takes no place.
    const look = question(page, 'Where are you')
    await look.getByRole('application').click()
    expect(await answerOf(page, 'seen')).toBe('')
    expect(await look.getByRole('button', { name: 'Take the middle of the map' }).count()).toBe(0)
    expect(await accessibilityFindings(page)).toEqual([])
    expect(await sidewaysOverflow(page)).toEqual([])
    expect(faults).toEqual([])
  }, 120_000)

  it('without a connection says so, and goes on taking places', async () => {
    const page = await browser.context.newPage()
    await page.route('**/ground/**', (route) => route.abort())
    await openLab(page, lab.url, form, { map })
    const where = question(page, 'Where do you meet')
    await where.getByRole('button', { name: 'Show the map' }).click()
    await where.getByText('The map needs a connection', { exact: false }).waitFor()
    await lookAt(page, `${device}-map-offline`)
    await where.getByRole('button', { name: 'Take the middle of the map' }).click()
    await waitForAnswer(page, 'spot', /^51\.48/)
    await where.getByLabel('Longitude').fill('')
    await where.getByLabel('Longitude').pressSequentially('-14')
    expect(await where.getByLabel('Longitude').inputValue()).toBe('-14')
    await waitForAnswer(page, 'spot', / -14\.0 0\.0 0\.0$/)
    await page.unroute('**/ground/**')
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await where.getByText('The map needs a connection', { exact: false }).waitFor({ state: 'detached' })
    await page.close()
  }, 60_000)
})

describe('an installation without a map', () => {
  const browser = useBrowser({ viewport: phone })

  it('shows none, whatever a form asks for, and no picture from elsewhere may be shown', async () => {
    const { page } = browser
    asked.length = 0
    const plain = await startFormLab()
    try {
      await openLab(page, plain.url, form)
      await question(page, 'Where do you meet').getByLabel('Latitude').fill('51.5')
      expect(await page.getByRole('button', { name: 'Show the map' }).count()).toBe(0)
      const blocked = await page.evaluate(
        (address) =>
          new Promise((resolve) => {
            document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective))
            const picture = new Image()
            picture.src = address
          }),
        map.tiles.replace(/\{.\}/g, '1'),
      )
      expect(blocked).toBe('img-src')
      expect(asked).toEqual([])
    } finally {
      await plain.close()
    }
  }, 90_000)
})
