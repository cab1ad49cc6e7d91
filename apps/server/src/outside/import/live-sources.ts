// A running KoboToolbox (API v2) or ODK Central (OData) as a source, read page by page.
import { askServer, askServerFile, askServerList, type SourceServer } from './ask-server.ts'
import { toKoboAttachments, toKoboForm, toKoboRecord } from './kobo-records.ts'
import { toOdkRecord } from './odk-records.ts'
import { isJson, SourceUnreadable, type Source, type SourceFile, type SourceForm, type SourceRecord } from './source.ts'

/** Kobo's largest page is 1,000; half of that keeps a page of long forms small. */
const pageRows = 500

/**
 * One asset of a Kobo server. `address` is that of the server. `newestOnly` is for whoever comes back each night: the newest records first, and the
 * form with its labels is not asked for.
 */
export async function openKoboServer(server: SourceServer, uid: string, { newestOnly = false } = {}): Promise<Source> {
  const place = `/api/v2/assets/${encodeURIComponent(uid)}/`
  const form = newestOnly ? undefined : toKoboForm(await askServer(server, `${place}?format=json`))
  const sort = newestOnly ? `&sort=${encodeURIComponent('{"_id":-1}')}` : ''
  const first = await askServer(server, `${place}data.json?start=0&limit=${pageRows}${sort}`)
  return {
    kind: 'kobo',
    ...toTotal(first['count']),
    ...(form && { form }),
    leftOut: [],
    records: followPages(server, `${place}data.json`, first, koboNames, (value) => ({
      ...toKoboRecord(value),
      files: toKoboAttachments(value).map(({ address, ...file }) => ({ ...file, read: () => readKoboFile(server, place, address) })),
    })),
  }
}

/** One form of ODK Central. `address` is `https://…/v1/projects/1/forms/name`. With `files` each record's are listed, and fetched when they are read. */
export async function openOdkServer(server: SourceServer, { form, files = false }: { form?: SourceForm; files?: boolean } = {}): Promise<Source> {
  const place = '.svc/Submissions'
  const first = await askServer(server, `${place}?$top=${pageRows}&$count=true&$expand=*`)
  return {
    kind: 'odk',
    ...toTotal(first['@odata.count']),
    ...(form && { form }),
    leftOut: [],
    records: followPages(server, place, first, odkNames, async (value) => {
      const record = toOdkRecord(value)
      return files && !record.rejected && !record.closed && hasFiles(value) ? { ...record, files: await listOdkFiles(server, record) } : record
    }),
  }
}

/** Central tells how many files came with a record. */
const hasFiles = ({ __system: system }: Page) => isJson(system) && Number(system['attachmentsPresent']) > 0

/**
 * What came with a record, of which Central keeps a list beside it (https://docs.getodk.org/central-api-submission-management/): names as the answers
 * have them, and whether the file arrived. How the form was filled in (`audit.csv`) answers no question.
 */
async function listOdkFiles(server: SourceServer, { instanceId }: SourceRecord): Promise<readonly SourceFile[]> {
  const place = `/submissions/${encodeURIComponent(instanceId)}/attachments`
  const listed = await askServerList(server, place)
  return listed.flatMap(({ name, exists }) =>
    typeof name !== 'string' || exists !== true || name === 'audit.csv'
      ? []
      : [{ name, read: () => askServerFile(server, `${place}/${encodeURIComponent(name)}`) }],
  )
}

/** The token goes to the server that was named: of the address of a file only the part below the form is used. */
async function readKoboFile(server: SourceServer, place: string, address: string): Promise<Buffer> {
  const at = URL.canParse(address) ? new URL(address).pathname : address
  const start = at.indexOf(`${place}data/`)
  if (start < 0 || at.includes('..')) throw new SourceUnreadable('The server gives no address of its API v2 for it.')
  return askServerFile(server, at.slice(start))
}

const koboNames = { rows: 'results', next: 'next' }
const odkNames = { rows: 'value', next: '@odata.nextLink' }
const toTotal = (count: unknown) => (typeof count === 'number' ? { total: count } : {})
type Page = { readonly [key: string]: unknown }

async function* followPages(
  server: SourceServer,
  place: string,
  first: Page,
  names: typeof koboNames,
  toRecord: (value: Page) => SourceRecord | Promise<SourceRecord>,
): AsyncIterable<SourceRecord> {
  const seen = new Set<string>()
  for (let page = first; ;) {
    const rows = page[names.rows]
    if (!Array.isArray(rows) || !rows.every(isJson)) throw new SourceUnreadable('The server answered something other than a page of records.')
    for (const row of rows) yield await toRecord(row)
    const next = page[names.next]
    if (typeof next !== 'string' || next === '') return
    const question = URL.canParse(next) ? new URL(next).search : ''
    if (seen.has(question)) throw new SourceUnreadable('The server sends to the same page again and again.')
    seen.add(question)
    page = await askServer(server, `${place}${question}`)
  }
}
