// Somebody connects the sign-in of their organisation, comes back with it the next day, and is asked to confirm what matters; in a real browser, against a
// real OpenID provider on this machine.
import { afterAll, describe, expect, it } from 'vitest'
import { startSignInProvider } from '../../server/test/sign-in-provider.ts'
import { freePort } from '../../../tools/walk/server-process.ts'
import { phone } from './browser.ts'
import { arriveAt, signIn } from './practitioner-walk.ts'
import { lookAt, useBrowser, useServer } from './walk.ts'

const port = await freePort()
const provider = await startSignInProvider(`http://localhost:${port}/signed-in`)
const server = useServer(() => ({ ...provider.settings, PORT: String(port) }))
const browser = useBrowser({ viewport: phone, mobile: true })
afterAll(() => provider.stop())

describe('the sign-in of an organisation', () => {
  it('is connected in the settings, signs in from then on, and confirms what needs a fresh sign-in', async () => {
    const { page } = browser
    const twoSteps = { sub: 'nia', acr: 'aal2' }
    provider.person = twoSteps
    const name = await signIn(page, server.url, 'service lead')
    await page.goto(`${server.url}/settings`)
    await page.getByRole('button', { name: 'Connect my account at Northshire Council' }).click()
    await page.getByText('Your organisation’s sign-in is connected').waitFor()
    await page.getByRole('button', { name: 'Disconnect Northshire Council' }).waitFor()
    await lookAt(page, 'provider-connected')

    await page.context().clearCookies()
    await page.goto(`${server.url}/sign-in?back=/settings`)
    await page.getByRole('button', { name: 'Sign in with Northshire Council' }).waitFor()
    await lookAt(page, 'provider-sign-in')
    // They signed in there this morning.
    provider.person = { ...twoSteps, ago: 30 * 60 }
    await page.getByRole('button', { name: 'Sign in with Northshire Council' }).click()
    await arriveAt(page, 'Settings')
    expect(page.url()).toBe(`${server.url}/settings`)

    await page.getByRole('button', { name: 'Disconnect Northshire Council' }).click()
    await page.getByText('Please confirm that it is you').waitFor()
    await page.emulateMedia({ colorScheme: 'dark' })
    await lookAt(page, 'provider-confirm-dark')
    provider.person = twoSteps
    await page.getByRole('button', { name: 'Confirm with Northshire Council' }).click()
    await page.getByText('Please confirm that it is you').waitFor({ state: 'detached' })
    await arriveAt(page, 'Settings')
    await page.getByRole('button', { name: 'Disconnect Northshire Council' }).click()
    await page.getByText('You would have no way to sign in').waitFor()

    await page.context().clearCookies()
    provider.person = { sub: 'somebody-else', acr: 'aal2' }
    await page.goto(`${server.url}/sign-in`)
    await page.getByRole('button', { name: 'Sign in with Northshire Council' }).click()
    await page.getByText('This sign-in is not connected to an account here').waitFor()
    // The answer is not left in the address, where the next person at this computer would find it.
    expect(page.url()).toBe(`${server.url}/signed-in`)
    await lookAt(page, 'provider-unknown')
    expect(name).not.toBe('')
    expect(browser.faults).toEqual([])
  })
})
