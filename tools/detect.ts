// `npx attune detect --ndjson`: looks for personal facts in texts, one JSON object a line in, one a line out. Nothing is kept and nothing is sent.
import { detect as detectFacts } from '@attune/detector'
import type { Writer } from './writer.ts'

export const usage = `Usage: npx attune detect --ndjson < texts.ndjson > findings.ndjson

  Each line in:   {"id": …, "text": "…", "roster": ["a name", …]}   roster may be left out: names that this one record holds
  Each line out:  {"id": …, "findings": [{"start": 0, "end": 5, "type": "PERSON", "confidence": 0.95}, …]}

start and end count UTF-16 code units; end is exclusive. Types: PERSON CONTACT ADDRESS POSTCODE DATE ORG ID SPECIAL.
A line that cannot be read is named on the error stream and skipped; the exit code is then 1.
Nothing found is reduced risk, never proof that nobody can be known from a text.`

type Asked = { readonly id: unknown; readonly text: string; readonly roster: readonly string[] }

/** Reads one line, or says in a few words what is wrong with it. */
export function parseLine(line: string): Asked | string {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return 'is not JSON'
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'is not an object'
  const { id, text, roster = [] } = value as { id?: unknown; text?: unknown; roster?: unknown }
  if (typeof id !== 'string' && typeof id !== 'number') return 'has no "id" that is a text or a number'
  if (typeof text !== 'string') return 'has no "text"'
  if (!Array.isArray(roster) || !roster.every((name) => typeof name === 'string')) return 'has a "roster" that is not a list of names'
  return { id, text, roster }
}

/** Runs the command; the input is standard input unless given. */
export async function detect(
  args: readonly string[],
  out: Writer,
  err: Writer,
  input: AsyncIterable<Buffer | string> = process.stdin,
): Promise<number> {
  if (args.includes('--help')) {
    out.write(`${usage}\n`)
    return 0
  }
  if (args.length !== 1 || args[0] !== '--ndjson') {
    err.write(`${usage}\n`)
    return 2
  }
  let number = 0
  let malformed = 0
  const answer = (line: string): string => {
    number += 1
    const plain = line.trim()
    if (plain === '') return ''
    const asked = parseLine(number === 1 ? plain.replace(/^\uFEFF/, '') : plain)
    if (typeof asked === 'string') {
      malformed += 1
      err.write(`Line ${number} ${asked}.\n`)
      return ''
    }
    const findings = detectFacts(asked.text, { roster: asked.roster }).map(({ start, end, type, confidence }) => ({ start, end, type, confidence }))
    return `${JSON.stringify({ id: asked.id, findings })}\n`
  }
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of input) {
    const lines = (rest + (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }))).split('\n')
    rest = lines.pop() ?? ''
    const answers = lines.map(answer).join('')
    if (answers !== '') await written(out, answers)
  }
  rest += decoder.decode()
  const last = rest === '' ? '' : answer(rest)
  if (last !== '') await written(out, last)
  return malformed === 0 ? 0 : 1
}

/** A full pipe is waited for, so that a long input never piles up in memory. */
async function written(out: Writer, text: string): Promise<void> {
  const more: unknown = out.write(text)
  if (more === false && 'once' in out) await new Promise<void>((resolve) => (out as unknown as NodeJS.WritableStream).once('drain', resolve))
}
