// Any S3-compatible store. Streams go up in parts, so that nothing is kept whole in memory or on disk; what was not finished is taken back.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
import { askOutside } from '../ask-outside.ts'
import { signRequest, type AwsKeys } from './sign-request.ts'
import { checkName, type Storage } from './storage.ts'

export type S3Settings = AwsKeys & {
  /** `https://s3.eu-west-1.amazonaws.com`, or the address of another store. */
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  /** Folder in the bucket, without slashes at its ends; may be empty. */
  readonly prefix: string
  /** Hosts of the own network that may be asked. */
  readonly near?: readonly string[]
}

/** All parts but the last have at least 5 MB. */
const partBytes = 8 * 1024 * 1024
const patienceMs = 5 * 60_000
/** Of what the store says of itself; what we put there is as long as it is. */
const mostSaidBytes = 16 * 1024 * 1024

export function openS3Storage(settings: S3Settings, now: () => Date): Storage {
  const { endpoint, bucket, prefix, near } = settings

  async function ask(
    method: string,
    key: string,
    { query = {}, body = new Uint8Array(), headers = {}, mostBytes = mostSaidBytes }: Ask = {},
  ): Promise<Response> {
    const url = new URL(`${endpoint.replace(/\/$/, '')}/${bucket}${key === '' ? '' : `/${key}`}`)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    const { host: _host, ...signed } = signRequest({ method, url, headers, body }, { ...settings, service: 's3' }, now())
    const reply = await askOutside(url, { method, headers: signed, patienceMs, mostBytes, ...(body.length > 0 && { body }) }, near)
    if (!reply.ok) {
      const code = /<Code>([A-Za-z0-9]+)<\/Code>/.exec(await reply.text())?.[1] ?? ''
      throw Object.assign(new Error(`The store refused ${method} (${reply.status}${code === '' ? '' : `, ${code}`}).`), { status: reply.status })
    }
    return reply
  }

  const keyOf = (name: string) => [prefix, checkName(name)].filter((part) => part !== '').join('/')

  return {
    name: `s3://${bucket}${prefix === '' ? '' : `/${prefix}`}`,

    async put(name, pieces) {
      const key = keyOf(name)
      const started = await (await ask('POST', key, { query: { uploads: '' } })).text()
      const uploadId = unescape(/<UploadId>([^<]+)<\/UploadId>/.exec(started)?.[1] ?? '')
      const tags: string[] = []
      let size = 0
      const send = async (part: Buffer) => {
        const reply = await ask('PUT', key, { query: { partNumber: String(tags.length + 1), uploadId }, body: part })
        await reply.arrayBuffer()
        tags.push(reply.headers.get('etag') ?? '')
        size += part.length
      }
      try {
        for await (const part of inParts(pieces)) await send(part)
        const list = tags.map((tag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${escape(tag)}</ETag></Part>`).join('')
        const body = Buffer.from(`<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${list}</CompleteMultipartUpload>`)
        const ended = await (await ask('POST', key, { query: { uploadId }, body, headers: { 'content-type': 'application/xml' } })).text()
        // The store answers 200 before it has put the parts together, and says in the body when that failed.
        if (ended.includes('<Error>')) throw new Error('The store could not put the parts together.')
        return size
      } catch (error) {
        await ask('DELETE', key, { query: { uploadId } }).catch(() => {})
        throw error
      }
    },

    async *get(name) {
      const { body } = await ask('GET', keyOf(name), { mostBytes: Number.POSITIVE_INFINITY })
      if (body === null) return
      for await (const piece of body as unknown as AsyncIterable<Uint8Array>) yield piece
    },

    async list() {
      const names: string[] = []
      let next: string | undefined
      do {
        const query = { 'list-type': '2', ...(prefix !== '' && { prefix: `${prefix}/` }), ...(next !== undefined && { 'continuation-token': next }) }
        const text = await (await ask('GET', '', { query })).text()
        for (const [, key] of text.matchAll(/<Key>([^<]+)<\/Key>/g)) names.push(unescape(key!).slice(prefix === '' ? 0 : prefix.length + 1))
        next = /<NextContinuationToken>([^<]+)</.exec(text)?.[1]
        next = next === undefined ? undefined : unescape(next)
      } while (next !== undefined)
      return names.sort()
    },

    async remove(name) {
      await ask('DELETE', keyOf(name)).catch((error: { status?: number }) => (error.status === 404 ? undefined : Promise.reject(error as Error)))
    },
  }
}

type Ask = { query?: Record<string, string>; body?: Uint8Array; headers?: Record<string, string>; mostBytes?: number }

/** The stream cut into parts of the right size; at least one, which may be empty. */
async function* inParts(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = []
  let bytes = 0
  let sent = 0
  for await (const piece of pieces) {
    waiting.push(piece)
    bytes += piece.length
    if (bytes < partBytes) continue
    yield Buffer.concat(waiting)
    sent++
    waiting = []
    bytes = 0
  }
  if (bytes > 0 || sent === 0) yield Buffer.concat(waiting)
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
const unescape = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
