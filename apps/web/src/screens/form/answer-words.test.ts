import '../../../../../packages/forms/src/engine/test/jsdom.ts'
import { leavesOf, nameOf, openForm, type FormSession } from '@attune/forms/engine'
import { generateClientCode } from '@attune/policy'
import { compile, readMarkdown } from '@attune/xlsform'
import { describe, expect, it } from 'vitest'
import { toAnswerSections } from './answer-words.ts'
import { toPages } from './pages.ts'
import { prefill } from './use-form-run.ts'

const code = generateClientCode((count) => crypto.getRandomValues(new Uint8Array(count)), { symbols: 10 })
const grouped = `${code.slice(0, 4)} ${code.slice(4, 8)} ${code.slice(8)}`
const asksSource = '| | select_one source | code_source | Which code? | |'
const choices = '| choices | | | |\n| | list_name | name | label |\n| | source | service | Ours |\n| | source | form | Made here |'

async function answered(rows: string, known: Record<string, string>): Promise<FormSession> {
  const compiled = compile(readMarkdown(`| survey | | | | |\n| | type | name | label | appearance |\n${rows}\n${choices}`))
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues))
  const session = (await openForm(compiled.xml)).createSession()
  prefill(session, known)
  return session
}

async function saidOf(rows: string, known: Record<string, string>, question: string): Promise<{ answer: string; spelled?: string } | undefined> {
  const session = await answered(rows, known)
  const row = toAnswerSections(toPages(session.root, 'Form'))
    .flatMap((section) => section.rows)
    .find(({ node }) => nameOf(node) === question)
  expect(leavesOf(session.root).some((node) => nameOf(node) === question)).toBe(true)
  session.close()
  return row && { answer: row.answer, ...(row.spelled !== undefined && { spelled: row.spelled }) }
}

describe('a client code on the review page', () => {
  const coded = '| | text | client_code | The code | client-code |'

  it('that was made here stands in the groups in which it is read aloud, and is spelled for a screen reader', async () => {
    const made = { answer: grouped, spelled: [...code].join(' ') }
    expect(await saidOf(`${asksSource}\n${coded}`, { code_source: 'form', client_code: code }, 'client_code')).toEqual(made)
    expect(await saidOf(coded, { client_code: code }, 'client_code')).toEqual(made)
  })

  it('of the service stands as the service writes it, even when it looks like a made one', async () => {
    expect(await saidOf(`${asksSource}\n${coded}`, { code_source: 'service', client_code: code }, 'client_code')).toEqual({ answer: code })
    expect(await saidOf(coded, { client_code: 'FAM-104217' }, 'client_code')).toEqual({ answer: 'FAM-104217' })
  })

  it('is no other text that happens to look like one', async () => {
    expect(await saidOf('| | text | other | Other | |', { other: code }, 'other')).toEqual({ answer: code })
  })
})
