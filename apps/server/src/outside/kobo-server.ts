// Reads the records of one form from a Kobo server, API v2 (https://support.kobotoolbox.org/api.html), page by page into memory.
import type { KoboSettings } from '../env.ts'
import { askOutside } from './ask-outside.ts'

/** Answers by "group/question", and Kobo's own facts under names that begin with "_". */
export type KoboRecord = Readonly<Record<string, unknown>>

const pageRecords = 200
const pageBytes = 32 * 1024 * 1024
const patienceMs = 60_000

/** Pages of records, the newest first. Throws when the server does not answer as Kobo does; what it says is not repeated. */
export async function* readKoboPages({ url, token, asset }: KoboSettings, near: readonly string[]): AsyncGenerator<readonly KoboRecord[]> {
  for (let start = 0; ; start += pageRecords) {
    const address = new URL(`api/v2/assets/${encodeURIComponent(asset)}/data.json`, url.endsWith('/') ? url : `${url}/`)
    for (const [name, value] of Object.entries({ start: String(start), limit: String(pageRecords), sort: '{"_id":-1}' }))
      address.searchParams.set(name, value)
    const headers = { authorization: `Token ${token}`, accept: 'application/json' }
    const reply = await askOutside(address, { method: 'GET', headers, patienceMs, mostBytes: pageBytes }, near)
    if (!reply.ok) throw new Error(`The Kobo server refused (${reply.status}).`)
    const results = toResults(await reply.text())
    if (results.length > 0) yield results
    if (results.length < pageRecords) return
  }
}

function toResults(text: string): readonly KoboRecord[] {
  const isRecord = (value: unknown): value is KoboRecord => typeof value === 'object' && value !== null && !Array.isArray(value)
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw new Error('The Kobo server did not answer in JSON.')
  }
  const results = isRecord(body) ? body['results'] : undefined
  if (!Array.isArray(results) || !results.every(isRecord)) throw new Error('The Kobo server did not answer with a list of results.')
  return results
}
