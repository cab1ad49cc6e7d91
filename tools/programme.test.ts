import { valueRules } from '@attune/policy'
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { programme } from './programme.ts'

const top = path.resolve(import.meta.dirname, '..')
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'attune-programme-'))
  cpSync(path.join(top, 'programmes/vig-dcs'), folder, { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

async function run(...args: string[]) {
  const [out, err]: string[][] = [[], []]
  const code = await programme(
    args,
    (text) => out?.push(text),
    (text) => err?.push(text),
  )
  return { code, out: (out ?? []).join(''), err: (err ?? []).join('') }
}

describe('the values that a policy may set', () => {
  it('are each read by the program, so that setting one changes something', () => {
    const sources = globSync('{apps,packages,tools}/**/*.{ts,vue}', {
      cwd: top,
      exclude: (name) => /node_modules|\.test\.ts$|\.fixture\.ts$/.test(name),
    })
      .filter((file) => !/[/\\]test[/\\]|policy[/\\]src[/\\]values\.ts$/.test(file))
      .map((file) => readFileSync(path.join(top, file), 'utf8'))
    expect(sources.length).toBeGreaterThan(500)
    expect(valueRules.map(({ name }) => name).filter((name) => !sources.some((text) => new RegExp(`\\b${name}\\b`).test(text)))).toEqual([])
  })
})

describe('attune programme check', () => {
  it('finds every programme of this repository in order', async () => {
    const { code, out, err } = await run('check')
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/vig-dcs: in order: 3 forms/)
    expect(out).toMatch(/derbyshire-vig: in order: a ledger of 75 clauses/)
  })

  it('says file, line, column and what to write, and gives 1', async () => {
    const file = path.join(folder, 'policy.yaml')
    const text = readFileSync(file, 'utf8').replace('{ id: aviguk, name: AVIGuk, role: controller', '{ id: aviguk, name: , role: controller')
    writeFileSync(file, text)
    const line = text.split('\n').findIndex((one) => one.includes('name: , role')) + 1
    const { code, out, err } = await run('check', folder)
    expect(code).toBe(1)
    expect(err).toContain(`${file}:${line}:`)
    expect(err).toContain('This is blank')
    expect(out).toContain('2 issues')
  })

  it('gives one JSON object a line when asked', async () => {
    writeFileSync(path.join(folder, 'measures.yaml'), '- { scale: phq-8, form: client-session, domain: wellbeing }\n')
    const { code, out } = await run('check', folder, '--json')
    expect(code).toBe(1)
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toMatchObject([{ folder, file: 'measures.yaml', line: 1, code: 'measure-unknown' }])
  })

  it('names a folder that is not there, and refuses words that it does not know', async () => {
    expect(await run('check', path.join(folder, 'nowhere'))).toMatchObject({ code: 1, err: expect.stringContaining('no folder') })
    expect(await run('mend')).toMatchObject({ code: 2, err: expect.stringContaining('attune programme check') })
    expect(await run('check', '--loud')).toMatchObject({ code: 2 })
  })
})
