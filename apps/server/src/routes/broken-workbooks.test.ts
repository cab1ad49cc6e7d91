// Workbooks broken by accident or malice, through the route: issues or a clear refusal, nothing kept of them, memory in bounds, and the server
// answers as before. SHOW_FIGURES=1 prints what each took.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { workbookLimitBytes } from '@attune/contract'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { brokenWorkbooks } from '../../test/broken-workbooks.ts'
import { handIn } from '../../test/handing-in.ts'

let test: TestAttune
let client: Client
beforeAll(async () => {
  test = await startAttune()
  client = await test.as('administrator')
  await client.get('/api/form-desk')
})
afterAll(() => test.stop())

const drafts = async () => Number((await askDatabase<{ n: string }>(test, 'select count(*) as n from policy.form_drafts'))[0]!.n)
const megabytes = () => process.memoryUsage().rss / 1024 / 1024

describe('a broken workbook', () => {
  it.each(brokenWorkbooks)(
    '$what ($fileName) is answered with its issues or a clear refusal (ASVS 5.2.3)',
    async ({ what, fileName, bytes, errors }) => {
      const content = bytes()
      const before = await drafts()
      const start = megabytes()
      let most = start
      const watch = setInterval(() => (most = Math.max(most, megabytes())), 10)
      const begun = performance.now()
      const { status, body, text } = await handIn(client, content, fileName)
      clearInterval(watch)
      if (process.env['SHOW_FIGURES'] !== undefined)
        console.log(
          `${what}: ${Math.round(performance.now() - begun)} ms, ${Math.round(most - start)} MB, ${(body?.issues ?? [])
            .filter((i: { severity: string }) => i.severity === 'error')
            .map((i: { code: string }) => i.code)
            .slice(0, 5)}`,
        )
      expect(status, text.slice(0, 300)).toBe(200)
      const said = body.issues.filter(({ severity }: { severity: string }) => severity === 'error') as {
        code: string
        message: string
        row: number
      }[]
      if (errors.length === 0) {
        expect(said).toEqual([])
        expect(body.draft.state).toBe('draft')
      } else {
        expect(body.draft).toBeNull()
        expect(errors, JSON.stringify(said.slice(0, 3))).toContain(said.find(({ code }) => errors.includes(code))?.code ?? said[0]?.code)
        for (const { message, row } of said.slice(0, 20)) {
          expect(message).toMatch(/^\S.*\.$/s)
          expect(message).not.toMatch(/\bat \w+ \(|node_modules|undefined|Error:/)
          expect(row).toBeGreaterThan(0)
        }
        expect(await drafts()).toBe(before)
      }
      expect(most - start).toBeLessThan(200)
      expect((await client.get('/api/health')).body.ok).toBe(true)
    },
  )

  it('more than 5 MB is not even read', async () => {
    const reply = await handIn(client, Buffer.alloc(workbookLimitBytes + 1_000, 'a'), 'form.md')
    expect(reply.status).toBeGreaterThanOrEqual(400)
    expect(reply.status).toBeLessThan(500)
  })

  it('several at once wait for each other, and a sound form after them is taken', async () => {
    const bomb = brokenWorkbooks[0]!.bytes()
    const replies = await Promise.all(Array.from({ length: 4 }, () => handIn(client, bomb, 'form.xlsx')))
    expect(replies.map(({ body }) => body.issues[0].code)).toEqual(Array.from({ length: 4 }, () => 'file-unreadable'))
    const sound = brokenWorkbooks.find(({ what }) => what === 'merged cells')!
    expect((await handIn(client, sound.bytes(), 'form.xlsx')).body.draft).not.toBeNull()
  })
})
