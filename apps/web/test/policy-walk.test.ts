// What the policy promises about every screen, watched in a real browser on a server whose contact and operator were changed in policy.yaml: the notice before
// signing, the contact on everything, the page about security, and that a screen never opens what the API refuses.
import { createHash } from 'node:crypto'
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { routes, type Route } from '@attune/contract'
import { documentText, isServiceRole, may, roles, shownAtConsent, type Policy, type Role } from '@attune/policy'
import { afterAll, beforeAll, describe, beforeEach, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { signInDemo } from '../../../tools/walk/caller.ts'
import { readPdfText } from '../src/pdf/test/read-pdf-text.ts'
import { phone } from './browser.ts'
import {
  arriveAt,
  choose,
  confirmHandling,
  fillFirstPages,
  fillLastPages,
  goOn,
  protectDevice,
  send,
  signIn,
  startSession,
  visit,
} from './practitioner-walk.ts'
import { lookAt, useBrowser, useServer } from './walk.ts'

const top = path.resolve(import.meta.dirname, '../../..')
const folder = mkdtempSync(path.join(tmpdir(), 'attune-policy-walk-'))
const contact = { old: 'dcs@example.org', now: 'new.desk@changed.example' }
const operator = { old: 'AVIGuk', now: 'Northern Video Trust' }
beforeAll(() => {
  cpSync(path.join(top, 'programmes'), path.join(folder, 'programmes'), { recursive: true })
  const file = path.join(folder, 'programmes/vig-dcs/policy.yaml')
  const before = readFileSync(file, 'utf8')
  writeFileSync(
    file,
    before.replace(`email: ${contact.old}`, () => `email: ${contact.now}`).replaceAll(operator.old, () => operator.now),
  )
  expect(before.split(contact.old)).toHaveLength(2)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const server = useServer(() => ({ ATTUNE_PROGRAMME: path.join(folder, 'programmes/vig-dcs') }))
const browser = useBrowser({ viewport: phone, mobile: true })
let page: Page
beforeEach(() => {
  page = browser.page
})

const getPolicy = async () => (await (await fetch(`${server.url}/api/policy`)).json()) as Policy
async function saved(button: string): Promise<Buffer> {
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: button }).click()
  return readFileSync(await (await downloading).path())
}

describe('the policy on the screen', () => {
  it('DCS-014, DCS-142: the way to signing is shut until the last section has been in view; the stored consent holds the hashes of the notice, summary and terms that were shown', async () => {
    await signIn(page, server.url, 'practitioner')
    await page.goto(`${server.url}/unlock`)
    await arriveAt(page, 'Protect what you type on this device')
    await protectDevice(page)
    await visit(page, `${server.url}/form/practitioner-consent`, 'Read the policy to its end')
    const go = page.getByRole('button', { name: 'I have read it: go on to signing' })
    await go.waitFor()
    expect(await go.isDisabled()).toBe(true)
    const policy = await getPolicy()
    const shown = shownAtConsent(policy)
    const words = await page.locator('article').innerText()
    for (const document of Object.values(shown)) for (const { heading } of document.sections) expect(words).toContain(heading)
    for (const { text } of policy.terms.statements) expect(words).toContain(text)
    await page.getByRole('heading', { level: 2 }).nth(2).scrollIntoViewIfNeeded()
    expect(await go.isDisabled()).toBe(true)
    await lookAt(page, 'policy-01-read-first')
    await page.getByText(shown.notice.footer).scrollIntoViewIfNeeded()
    await page.waitForFunction(() => !document.querySelector<HTMLButtonElement>('.policy-first .govuk-button')?.disabled)
    await go.click()

    await arriveAt(page, 'What you agree to')
    for (const box of await page.getByRole('checkbox').all()) await box.check()
    await goOn(page)
    await arriveAt(page, 'Terms of use')
    for (const box of await page.getByRole('checkbox').all()) await box.check()
    await goOn(page)
    await arriveAt(page, 'Your details and signature')
    await page.getByLabel(/^First name/).fill('Robin')
    await page.getByLabel(/^Surname/).fill('Walker')
    await page.getByRole('radio', { name: 'Type my name instead' }).check()
    await page.getByLabel('Your name', { exact: true }).fill('Robin Walker')
    await goOn(page)
    await arriveAt(page, 'Check your answers')
    await lookAt(page, 'policy-02-review-consent')
    await send(page)
    await arriveAt(page, 'Sent')

    const hash = (document: (typeof shown)['notice']) => createHash('sha256').update(documentText(document)).digest('hex')
    const auditor = await signInDemo(server.url, 'auditor')
    const register = await auditor.call<{ consents: { practitioner: string; shown: object }[] }>('GET', '/api/consents', {
      purpose: 'practitioner-audit',
    })
    expect(register.body.consents.find(({ practitioner }) => practitioner === 'Robin Walker')?.shown).toEqual({
      notice: hash(shown.notice),
      summary: hash(shown.summary),
      terms: hash(shown.terms),
    })
  })

  it('DCS-002, DCS-016: an operator and a contact changed in policy.yaml stand on the form page, the PDF copy, the paper form and the notice, and the contact gets a copy of a request; the old ones stand nowhere', async () => {
    const told = { words: 'A warm start.', phq9: [1, 1, 1, 0, 0, 1, 0, 0, 0] }
    const screens: string[] = []
    await visit(page, server.url, /^Hello/)
    await startSession(page)
    screens.push(await page.locator('body').innerText())
    await fillFirstPages(page, told)
    await fillLastPages(page, told)
    screens.push(await page.locator('body').innerText())
    await confirmHandling(page)
    const copy = (await readPdfText(await saved('Save the PDF'))).join('\n')
    const forClient = (await readPdfText(await saved('Save a copy for the client'))).join('\n')
    await page.getByRole('button', { name: 'Save and come back later' }).click()
    await visit(page, `${server.url}/`, /./)
    await page.goto(`${server.url}/form/client-session`)
    await arriveAt(page, 'Consent')
    await choose(page, /Has the client signed/, 'No')
    await goOn(page)
    await arriveAt(page, 'The form ends here')
    const paper = (await readPdfText(await saved('Save the paper form (PDF)'))).join('\n')
    for (const id of ['privacy-notice', 'summary', 'client-consent', 'practitioner-consent']) {
      await page.goto(`${server.url}/documents/${id}`)
      await page.locator('.attune-document__footer').waitFor()
      screens.push(await page.locator('article').innerText())
    }
    for (const text of [...screens, copy, forClient, paper].map((each) => each.replaceAll(/\s+/g, ''))) {
      expect(text).toContain(contact.now)
      expect(text).not.toContain(contact.old)
      expect(text).toContain(operator.now.replaceAll(' ', ''))
      expect(text).not.toContain(operator.old)
    }

    const lead = await signInDemo(server.url, 'service-lead')
    const filed = await lead.call<{ reference: string }>('POST', '/api/rights', { body: { type: 'whole-service' } })
    expect(filed.status).toBe(201)
    const administrator = await signInDemo(server.url, 'administrator')
    const { letters } = (await administrator.call<{ letters: { to: string; text: string }[] }>('GET', '/api/outbox')).body
    const copies = letters.filter(({ text }) => text.includes(filed.body.reference))
    expect(copies.map(({ to }) => to)).toContain(contact.now)
    expect(JSON.stringify(letters)).not.toContain(contact.old)
  })

  it('DCS-060: from the notice and from a form page a link leads to the description of the security measures', async () => {
    for (const from of ['/documents/privacy-notice', '/form/client-session']) {
      await page.goto(server.url + from)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.getByRole('contentinfo').getByRole('link', { name: 'How data is kept safe' }).click()
      await arriveAt(page, 'How the data is kept safe')
      const { security } = await getPolicy()
      const words = await page.locator('article').innerText()
      for (const { text } of security) expect(words).toContain(text)
      // The demo answers without encryption on this machine, and the page says so instead of claiming otherwise.
      expect(words).toMatch(/Not in force at this moment[\s\S]*Everything sent to the server is encrypted on the way/)
    }
    await lookAt(page, 'policy-03-security')
  })
})

describe('screens and the API', () => {
  // Every address of the app that takes no id and needs a sign-in.
  const addresses = globSync('apps/web/src/screens/*/routes.ts', { cwd: top })
    .flatMap((file) => [...readFileSync(path.join(top, file), 'utf8').matchAll(/path: '(\/[^':]*)',[\s\S]*?meta: \{([\s\S]*?)\}/g)])
    .filter(([, , meta = '']) => !/\b(open|half|onDevice): true/.test(meta))
    .map(([, address = '']) => address)
  const named: { readonly [role in Role]: Parameters<typeof signIn>[2] } = {
    practitioner: 'practitioner',
    'service-lead': 'service lead',
    'data-support': 'data support',
    administrator: 'administrator',
    auditor: 'auditor',
    analyst: 'analyst',
  }

  it('DCS-074: no screen that opens for a role shows what the API refuses it, and what the policy denies the role behind a shut screen the API denies as well', async () => {
    const visits = new Map<string, Map<Role, { opened: boolean; calls: Set<string>; refused: string[] }>>()
    const refusedTo: string[] = []
    for (const role of roles) {
      await page.context().clearCookies()
      await signIn(page, server.url, named[role])
      await page.getByRole('heading', { level: 1 }).waitFor()
      for (const address of addresses) {
        const calls = new Set<string>()
        const refused: string[] = []
        const note = (reply: { url(): string; status(): number; request(): { method(): string; headers(): Record<string, string> } }) => {
          const { pathname } = new URL(reply.url())
          if (!pathname.startsWith('/api/')) return
          const purpose = reply.request().headers()['attune-purpose'] ?? ''
          calls.add(`${reply.request().method()} ${pathname} ${purpose}`)
          if (reply.status() === 403) refused.push(pathname)
        }
        page.on('response', note)
        await page.evaluate((to) => {
          history.pushState({}, '', to)
          dispatchEvent(new PopStateEvent('popstate', { state: {} }))
        }, address)
        await page.waitForLoadState('networkidle')
        await page.getByRole('heading', { level: 1 }).waitFor()
        page.off('response', note)
        const opened = new URL(page.url()).pathname === address
        visits.set(address, (visits.get(address) ?? new Map()).set(role, { opened, calls, refused }))
        if (opened && refused.length > 0) refusedTo.push(`${role} ${address}: ${refused.join(', ')}`)
      }
    }
    // A screen that opens for a role shows it nothing that the API refuses.
    expect(refusedTo).toEqual([])

    // What stays shut on the screen is shut in the API: the calls that others' visits made are refused when this role makes them.
    const leaks: string[] = []
    const policy = await getPolicy()
    const findRoute = (call: string): Route | undefined => (routes as Record<string, Route>)[call]
    let asked = 0
    for (const role of roles) {
      const caller = await signInDemo(server.url, role)
      for (const address of addresses) {
        const byRole = visits.get(address)!
        if (byRole.get(role)!.opened) continue
        const others = new Set([...byRole.values()].filter(({ opened }) => opened).flatMap(({ calls }) => [...calls]))
        const own = new Set([...visits.values()].flatMap((each) => (each.get(role)!.opened ? [...each.get(role)!.calls] : [])))
        const foreign = [...others].filter((call) => call.startsWith('GET ') && !own.has(call))
        for (const call of foreign) {
          const [method = '', url = '', purpose = ''] = call.split(' ')
          const name = findRoute(`${method} ${url}`)
          if (name?.act === undefined) continue
          const actor = { role, secondFactor: true, ...(isServiceRole(role) && { serviceId: 'own' }) }
          if (may(policy, actor, name.act, { own: true, ...(purpose !== '' && { purpose }) }).allowed) continue
          const { status } = await caller.call(method, url, purpose === '' ? {} : { purpose })
          asked++
          if (status !== 403) leaks.push(`${role} ${call}: ${status} (${address})`)
        }
      }
    }
    expect(leaks).toEqual([])
    expect(asked).toBeGreaterThan(30)
  })
})
