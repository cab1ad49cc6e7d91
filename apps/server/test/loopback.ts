// Services of others, played on this machine as their documentation describes them. Each checks signatures and states by itself.
import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export const awsKeys = { keyId: 'AKIDOFTESTS', secret: 'a-secret-of-tests-only' }

type Reply = { status?: number; headers?: Record<string, string>; body?: string | Buffer }
type Asked = { method: string; url: URL; headers: IncomingMessage['headers']; body: Buffer }

export type Loopback = { address: string; stop: () => Promise<void> }

async function listen(answer: (asked: Asked) => Reply): Promise<Loopback> {
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const {
        status = 200,
        headers = {},
        body = '',
      } = answer({ method: request.method!, url: new URL(request.url!, 'http://x'), headers: request.headers, body: Buffer.concat(parts) })
      response.writeHead(status, headers).end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** Signature Version 4, worked out from the request as it arrived. */
function isSignedRight({ method, url, headers, body }: Asked, service: string): boolean {
  const [, key, day, region, signed, signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d+)\/([^/]+)\/[^/]+\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headers['authorization'] ?? '',
    ) ?? []
  if (key !== awsKeys.keyId || signed === undefined) return false
  const hash = (content: Buffer | string) => createHash('sha256').update(content).digest('hex')
  const mac = (by: Buffer | string, text: string) => createHmac('sha256', by).update(text).digest()
  const query = [...url.searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join('&')
  const asked = [method, url.pathname, query, ...signed.split(';').map((name) => `${name}:${String(headers[name])}`), '', signed, hash(body)].join(
    '\n',
  )
  const by = ['aws4_request'].reduce(mac, [day!, region!, service].reduce<Buffer | string>(mac, `AWS4${awsKeys.secret}`)) as Buffer
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], `${day}/${region}/${service}/aws4_request`, hash(asked)].join('\n')
  return mac(by, text).toString('hex') === signature && (service !== 's3' || headers['x-amz-content-sha256'] === hash(body))
}

/** An S3 store with one bucket: multipart upload, get, list by pages of two, delete. */
export async function startS3(): Promise<
  Loopback & { objects: Map<string, Buffer>; uploads: Map<string, Map<number, Buffer>>; failParts: { from: number } }
> {
  const objects = new Map<string, Buffer>()
  const uploads = new Map<string, Map<number, Buffer>>()
  const failParts = { from: Infinity }
  const refuse = (status: number, code: string): Reply => ({ status, body: `<?xml version="1.0"?><Error><Code>${code}</Code></Error>` })
  const running = await listen((asked) => {
    const { method, url, body } = asked
    if (!isSignedRight(asked, 's3')) return refuse(403, 'SignatureDoesNotMatch')
    const [, bucket, ...rest] = url.pathname.split('/')
    if (bucket !== 'attune') return refuse(404, 'NoSuchBucket')
    const key = decodeURIComponent(rest.join('/'))
    const uploadId = url.searchParams.get('uploadId')
    if (method === 'POST' && url.searchParams.has('uploads')) {
      const id = `${randomUUID()}&+`
      uploads.set(id, new Map())
      return { body: `<InitiateMultipartUploadResult><UploadId>${id.replace('&', '&amp;')}</UploadId></InitiateMultipartUploadResult>` }
    }
    if (uploadId !== null) {
      const upload = uploads.get(uploadId)
      if (upload === undefined) return refuse(404, 'NoSuchUpload')
      const tag = (part: Buffer) => `"${createHash('md5').update(part).digest('hex')}"`
      if (method === 'PUT') {
        const number = Number(url.searchParams.get('partNumber'))
        if (number >= failParts.from) return refuse(503, 'SlowDown')
        upload.set(number, body)
        return { headers: { etag: tag(body) } }
      }
      uploads.delete(uploadId)
      if (method === 'DELETE') return { status: 204 }
      const listed = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>([^<]+)<\/ETag>/g)]
      const parts = listed.map(([, number]) => upload.get(Number(number)))
      if (parts.some((part, at) => part === undefined || tag(part).replaceAll('"', '&quot;') !== listed[at]![2])) return refuse(400, 'InvalidPart')
      if (parts.slice(0, -1).some((part) => part!.length < 5 * 1024 * 1024)) return refuse(400, 'EntityTooSmall')
      objects.set(key, Buffer.concat(parts as Buffer[]))
      return { body: '<CompleteMultipartUploadResult></CompleteMultipartUploadResult>' }
    }
    if (method === 'GET' && key === '') {
      const names = [...objects.keys()].filter((name) => name.startsWith(url.searchParams.get('prefix') ?? '')).sort()
      const from = Number(url.searchParams.get('continuation-token') ?? '0')
      const more = from + 2 < names.length ? `<NextContinuationToken>${from + 2}</NextContinuationToken>` : ''
      return {
        body: `<ListBucketResult>${names
          .slice(from, from + 2)
          .map((name) => `<Contents><Key>${name.replaceAll('&', '&amp;')}</Key></Contents>`)
          .join('')}${more}</ListBucketResult>`,
      }
    }
    if (method === 'GET') return objects.has(key) ? { body: objects.get(key)! } : refuse(404, 'NoSuchKey')
    if (method === 'DELETE') return objects.delete(key) ? { status: 204 } : { status: 204 }
    return refuse(405, 'MethodNotAllowed')
  })
  return { ...running, objects, uploads, failParts }
}

/** AWS KMS: CreateKey, Encrypt, Decrypt with context, ScheduleKeyDeletion. A key whose deletion is scheduled opens nothing. */
export async function startAwsKms(): Promise<Loopback & { pending: Set<string>; away: { now: boolean } }> {
  const keys = new Map<string, Map<string, string>>()
  const pending = new Set<string>()
  const away = { now: false }
  const refuse = (type: string): Reply => ({ status: 400, body: JSON.stringify({ __type: type }) })
  const running = await listen((asked) => {
    if (away.now) return { status: 500, body: JSON.stringify({ __type: 'KMSInternalException' }) }
    if (!isSignedRight(asked, 'kms')) return refuse('IncompleteSignatureException')
    const request = JSON.parse(asked.body.toString()) as {
      KeyId: string
      Plaintext: string
      CiphertextBlob: string
      EncryptionContext: object
      PendingWindowInDays: number
    }
    const action = String(asked.headers['x-amz-target']).replace('TrentService.', '')
    if (action === 'CreateKey') {
      const id = randomUUID()
      keys.set(id, new Map())
      return { body: JSON.stringify({ KeyMetadata: { KeyId: id } }) }
    }
    const key = keys.get(request.KeyId)
    if (key === undefined) return refuse('NotFoundException')
    if (pending.has(request.KeyId)) return refuse('KMSInvalidStateException')
    const context = JSON.stringify(request.EncryptionContext)
    if (action === 'Encrypt') {
      const blob = randomBytes(60).toString('base64')
      key.set(blob, `${context} ${request.Plaintext}`)
      return { body: JSON.stringify({ KeyId: request.KeyId, CiphertextBlob: blob }) }
    }
    if (action === 'Decrypt') {
      const [kept, plain] = (key.get(request.CiphertextBlob) ?? '').split(' ')
      return kept === context ? { body: JSON.stringify({ KeyId: request.KeyId, Plaintext: plain }) } : refuse('InvalidCiphertextException')
    }
    if (action === 'ScheduleKeyDeletion' && request.PendingWindowInDays >= 7) {
      pending.add(request.KeyId)
      return { body: JSON.stringify({ KeyId: request.KeyId, KeyState: 'PendingDeletion' }) }
    }
    return refuse('ValidationException')
  })
  return { ...running, pending, away }
}

/** Vault's transit engine: keys, encrypt, decrypt, and deleting only what was allowed to go. */
export async function startVault(): Promise<Loopback & { keys: Map<string, { kept: Map<string, string>; mayGo: boolean }> }> {
  const keys = new Map<string, { kept: Map<string, string>; mayGo: boolean }>()
  const running = await listen(({ method, url, headers, body }) => {
    if (headers['x-vault-token'] !== 'a-token-of-tests') return { status: 403, body: '{"errors":["permission denied"]}' }
    const [, , mount, what, name, config] = url.pathname.split('/')
    if (mount !== 'transit' || name === undefined) return { status: 404, body: '{"errors":[]}' }
    const request = (body.length > 0 ? JSON.parse(body.toString()) : {}) as Record<string, string | boolean>
    const key = keys.get(name)
    if (what === 'keys' && method === 'POST' && config === undefined) {
      keys.set(name, key ?? { kept: new Map(), mayGo: false })
      return { status: 204 }
    }
    if (key === undefined) return { status: what === 'keys' ? 404 : 400, body: '{"errors":["encryption key not found"]}' }
    if (what === 'keys' && config === 'config') {
      key.mayGo = request['deletion_allowed'] === true
      return { status: 204 }
    }
    if (what === 'keys' && method === 'DELETE')
      return key.mayGo && keys.delete(name) ? { status: 204 } : { status: 400, body: '{"errors":["deletion is not allowed for this key"]}' }
    if (what === 'encrypt') {
      const ciphertext = `vault:v1:${randomBytes(40).toString('base64')}`
      key.kept.set(ciphertext, String(request['plaintext']))
      return { body: JSON.stringify({ data: { ciphertext } }) }
    }
    const plaintext = key.kept.get(String(request['ciphertext']))
    return plaintext === undefined ? { status: 400, body: '{"errors":["invalid ciphertext"]}' } : { body: JSON.stringify({ data: { plaintext } }) }
  })
  return { ...running, keys }
}
