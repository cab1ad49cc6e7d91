// Reads every page of a service's records. The first page is small so that the table stands at once; the rest follow in large pages.
import type { RecordRow, RecordsPage, RecordsQuery } from '@attune/contract'

export type AskPage = (query: RecordsQuery) => Promise<RecordsPage>
export type Reading = { readonly records: readonly RecordRow[]; readonly total: number; readonly complete: boolean }

const firstPageRows = 200
const pageRows = 2000

/**
 * Yields everything read so far after each page. Stop by leaving the loop.
 * A record that was sent while the pages came in may turn up on two of them; it is kept once.
 */
export async function* readAllRecords(ask: AskPage): AsyncGenerator<Reading> {
  const records: RecordRow[] = []
  const seen = new Set<string>()
  let after: string | undefined
  for (;;) {
    const page = await ask({ limit: after === undefined ? firstPageRows : pageRows, ...(after === undefined ? {} : { after }) })
    for (const record of page.records) {
      if (seen.has(record.recordId)) continue
      seen.add(record.recordId)
      records.push(record)
    }
    const complete = page.next === null
    yield { records: records.slice(), total: complete ? records.length : Math.max(page.total, records.length), complete }
    if (page.next === null) return
    after = page.next
  }
}
