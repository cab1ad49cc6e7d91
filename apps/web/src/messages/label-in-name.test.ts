// WCAG 2.5.3: who speaks to the screen says the words on it, so a control's name must hold them. Looks through the templates for controls with a
// name and words of their own.
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { welsh } from './cy.ts'
import { english } from './en.ts'

const root = path.resolve(import.meta.dirname, '..')
const control = /:aria-label="say\('([^']+)'[^>]*?>\s*\{\{\s*say\('([^']+)'/gs
const pairs = globSync('**/*.vue', { cwd: root }).flatMap((file) =>
  [...readFileSync(path.join(root, file), 'utf8').matchAll(control)].map(([, name = '', shown = '']) => ({ file, name, shown })),
)

/** A message with its blanks left open. */
function wordsOf(messages: Record<string, unknown>, key: string): string {
  const message = messages[key]
  const open = new Proxy({}, { get: () => '…' })
  return String(typeof message === 'function' ? (message as (values: object) => string)(open) : message).toLowerCase()
}

describe('controls with a name of their own', () => {
  it('are found in the templates', () => expect(pairs.length).toBeGreaterThan(10))

  it.each([
    ['English', english],
    ['Welsh', { ...english, ...welsh }],
  ] as const)('hold the words that are shown on them, in %s', (_, messages) => {
    const all = messages as unknown as Record<string, unknown>
    const wrong = pairs.filter(({ name, shown }) => !wordsOf(all, name).includes(wordsOf(all, shown)))
    expect(wrong.map(({ file, name, shown }) => `${file}: “${wordsOf(all, shown)}” is not in “${wordsOf(all, name)}”`)).toEqual([])
  })
})
